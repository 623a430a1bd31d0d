export {
  type CascadingRandomisation,
  cascadingRandomisation,
  type RandomisationOptions,
  type RandomisedLayer,
} from './agreement/cascading-randomisation.js';
export { type CirculantDefect, circulantDefect } from './agreement/circulant-defect.js';
export {
  type Agreement,
  type AgreementMatrices,
  type AgreementMeasure,
  type AttributionAgreement,
  type CompareOptions,
  compareAttributions,
} from './agreement/compare-attributions.js';
export type { Attributions } from './agreement/maps.js';
export { todo, Unanswered } from './answer.js';
export { gradientTimesInput } from './attribution/gradient-times-input.js';
export {
  type IntegratedGradients,
  type IntegratedGradientsOptions,
  integratedGradients,
} from './attribution/integrated-gradients.js';
export { type SmoothGrad, type SmoothGradOptions, smoothGrad } from './attribution/smooth-grad.js';
export { type Backend, type BackendReport, useBackend } from './backend.js';
export { type BinOptions, type Bins, binCounts } from './bins.js';
export { check } from './check.js';
export type { Tolerance } from './compare.js';
export {
  type FiniteDifferences,
  type FiniteDifferencesOptions,
  finiteDifferences,
} from './derivatives/finite-differences.js';
export { type DerivativeOptions, gradient } from './derivatives/gradient.js';
export { hessian } from './derivatives/hessian.js';
export { type JacobianOptions, jacobian } from './derivatives/jacobian.js';
export type { Method } from './derivatives/method.js';
export type { Estimate, Statistics } from './derivatives/statistics.js';
export {
  type TaylorCoefficient,
  type TaylorCoefficients,
  type TaylorOptions,
  taylorCoefficients,
} from './derivatives/taylor-coefficients.js';
export { type Events, readEvents, type Sample } from './event-file.js';
export { type EventCounts, type EventTable, generateEvents } from './events.js';
export { type ExplainOptions, type Explanation, explain } from './explain/explain.js';
export type { MeanMap } from './explain/mean-map.js';
export {
  type ExactImportances,
  type ExactPermutationImportance,
  exactPermutationImportance,
} from './importance/exact.js';
export type { Metric } from './importance/metric.js';
export { type PermutationImportanceOptions, permutationImportance } from './importance/permutation-importance.js';
export type { Importances, PermutationImportance } from './importance/result.js';
export type { ImportanceOptions } from './importance/task.js';
export { type IntegrateOptions, integrate, type Solution } from './integrate.js';
export { loadModel } from './io/load-model.js';
export { saveModel } from './io/save-model.js';
export type { LoadModelOptions } from './io/state-dict-options.js';
export { type LiveTrainingOptions, liveTraining } from './live-training.js';
export { type Lorenz96, lorenz96 } from './lorenz96/equations.js';
export { type Lorenz96MembersOptions, type MemberStarts, simulateLorenz96Members } from './lorenz96/members.js';
export type { CouplingTime, Lorenz96Options, Lorenz96Run } from './lorenz96/options.js';
export type { CompleteParameters, Lorenz96Parameters } from './lorenz96/parameters.js';
export type { Lorenz96State, Start } from './lorenz96/state.js';
export type { Trajectory, Variable } from './lorenz96/trajectory.js';
export { simulateLorenz96 } from './lorenz96.js';
export type { TangentLinearSystem } from './lyapunov/directions.js';
export { type LyapunovExponents, type LyapunovOptions, lyapunovExponents } from './lyapunov.js';
export { type Activation, createMlp, type MlpOptions } from './model.js';
export { euler, type Integrator, rk2, rk4, type StepOptions, type Tendency } from './ode.js';
export { type OptimalAnswer, optimalClassifier } from './optimal-classifier.js';
export type { Bundle, Displayable } from './plot/display.js';
export type { Figure } from './plot/figure.js';
export { type GridOptions, grid } from './plot/grid.js';
export { type HeatmapOptions, heatmap } from './plot/heatmap.js';
export { type HistogramOptions, type HistogramSeries, histogram } from './plot/histogram.js';
export { type LineChartOptions, type LineSeries, lineChart } from './plot/line-chart.js';
export type { FigureLayout } from './plot/plotly-layout.js';
export type { Trace } from './plot/plotly-traces.js';
export { type RocChartOptions, rocChart } from './plot/roc-chart.js';
export type { RocSeries } from './plot/roc-lines.js';
export type { Rows } from './plot/rows.js';
export { type ScatterGroup, type ScatterMatrixOptions, scatterMatrix } from './plot/scatter-matrix.js';
export { type Expectation, expectClose, expectThat, type Finding, type Property } from './property.js';
export { type NumberArray, numpyRandom, type Random, type Shufflable } from './random.js';
export {
  type LinearFit,
  type LinearRegression,
  type LinearRegressionOptions,
  linearRegression,
} from './regression/linear-regression.js';
export { type Composite, composite, type LayerRule, type RuleChoice } from './relevance/composite.js';
export type { Conservation, LayerConservation } from './relevance/conservation.js';
export type { Denominator, SmallDenominator } from './relevance/denominators.js';
export type { Position } from './relevance/position.js';
export { type Relevance, type RelevanceOptions, relevance } from './relevance/relevance.js';
export type { BiasMode, Rule, RuleBounds, RuleOptions, RuleShare, RuleTerm } from './relevance/rule.js';
export { alphaBetaRule, zPlusRule } from './relevance/rules/alpha-beta.js';
export { distributeBiasRule, epsilonRule, zeroRule } from './relevance/rules/epsilon.js';
export { flatRule } from './relevance/rules/flat.js';
export { gammaRule } from './relevance/rules/gamma.js';
export { passRule } from './relevance/rules/pass.js';
export { wSquareRule } from './relevance/rules/w-square.js';
export { zBoxRule } from './relevance/rules/z-box.js';
export { type RocCurve, rocCurve } from './roc.js';
export type { RunOptions, RunProgress } from './sampled-run.js';
export { show } from './show.js';
export type { Model } from './tape/model.js';
export { train } from './train.js';
export type { EarlyStopOptions } from './training/early-stop.js';
export type { Examples } from './training/examples.js';
export type { History, Progress } from './training/history.js';
export type { Loss } from './training/loss.js';
export type { TrainOptions } from './training/options.js';
export {
  meanEstimate,
  type SeriesEstimate,
  type SeriesOptions,
  seriesMeanEstimate,
} from './uncertainty/mean-estimate.js';
export type { Values } from './values.js';
