// @ts-check
import { addon } from './addon.mjs';
import { libraries } from './libraries.mjs';
import { link } from './link.mjs';

/**
 * What TensorFlow is built for.
 *
 * @typedef {'cpu' | 'gpu'} Kind
 */

/**
 * @param {string} word
 * @returns {word is Kind}
 */
export const isKind = (word) => word === 'cpu' || word === 'gpu';

/**
 * What native TensorFlow needs beyond the course's set-up, in order.
 *
 * @param {Kind} kind
 * @returns {readonly import('../setup/steps.mjs').Step[]}
 */
export const nativeSteps = (kind) => [libraries(kind), addon(kind), link(kind)];
