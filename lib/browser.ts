// What runs wherever TensorFlow.js does, browsers included: nothing here reaches a module of Node. `netlens` leads here there.

export type { Agreement, AgreementMatrices, AgreementMeasure } from './agreement/agreement.js';
export {
  type CascadingRandomisation,
  cascadingRandomisation,
  type RandomisationOptions,
  type RandomisedLayer,
} from './agreement/cascading-randomisation.js';
export { type CirculantDefect, circulantDefect } from './agreement/circulant-defect.js';
export {
  type AttributionAgreement,
  type CompareOptions,
  compareAttributions,
} from './agreement/compare-attributions.js';
export type { Attributions } from './agreement/maps.js';
export { gradientTimesInput } from './attribution/gradient-times-input.js';
export {
  type IntegratedGradients,
  type IntegratedGradientsOptions,
  integratedGradients,
} from './attribution/integrated-gradients.js';
export { type SmoothGrad, type SmoothGradOptions, smoothGrad } from './attribution/smooth-grad.js';
export { type BinOptions, type Bins, binCounts } from './bins.js';
export type { Tolerance } from './compare.js';
export { denseStackOf } from './derivatives/dense-stack-of.js';
export {
  type FiniteDifferences,
  type FiniteDifferencesOptions,
  finiteDifferences,
} from './derivatives/finite-differences.js';
export { type DerivativeOptions, gradient } from './derivatives/gradient.js';
export { hessian } from './derivatives/hessian.js';
export { type JacobianOptions, jacobian } from './derivatives/jacobian.js';
export type { Method } from './derivatives/method.js';
export type { Statistics } from './derivatives/statistics.js';
export type { TaylorCoefficient } from './derivatives/taylor-coefficient.js';
export { type TaylorCoefficients, type TaylorOptions, taylorCoefficients } from './derivatives/taylor-coefficients.js';
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
export { type NumberArray, numpyRandom, type Random, type Shufflable } from './random.js';
export type { LinearFit } from './regression/linear-fit.js';
export {
  type LinearRegression,
  type LinearRegressionOptions,
  linearRegression,
} from './regression/linear-regression.js';
export { type Composite, composite, type RuleChoice } from './relevance/composite.js';
export type { Conservation } from './relevance/conservation.js';
export type { Denominator, SmallDenominator } from './relevance/denominators.js';
export type { LayerConservation } from './relevance/layer-conservation.js';
export type { LayerRule } from './relevance/layer-rule.js';
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
export type { Model } from './tape/model.js';
export type { Estimate } from './uncertainty/estimate.js';
export {
  meanEstimate,
  type SeriesEstimate,
  type SeriesOptions,
  seriesMeanEstimate,
} from './uncertainty/mean-estimate.js';
export type { Values } from './values.js';
