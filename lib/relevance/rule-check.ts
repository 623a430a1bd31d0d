import { need } from '../need.js';
import type { Rule } from './rule.js';

/** Throws a TypeError if something is no rule. */
export function checkRule(owner: string, rule: unknown): asserts rule is Rule {
  const { shares, lacking }: Partial<Rule> = rule ?? {};
  need(
    Array.isArray(shares) && typeof lacking === 'function',
    `${owner} needs a rule, made by a function such as epsilonRule`,
    rule,
    TypeError,
  );
}
