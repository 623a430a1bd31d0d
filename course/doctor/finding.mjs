// @ts-check

/**
 * What a check found: good, bad (with the line that mends it), or missing but not needed.
 *
 * @typedef {{ state: 'good' | 'bad' | 'optional', found: string, help?: string }} Finding
 * @typedef {(project: import('../setup/project.mjs').Project) => Finding | Promise<Finding>} Check
 */

/**
 * @param {string} found
 * @returns {Finding}
 */
export const good = (found) => ({ state: 'good', found });

/**
 * @param {string} found
 * @param {string} [help]
 * @returns {Finding}
 */
export const bad = (found, help = 'npm run setup') => ({ state: 'bad', found, help });

/**
 * @param {string} found
 * @param {string} [help]
 * @returns {Finding}
 */
export const optional = (found, help) => ({ state: 'optional', found, ...(help && { help }) });
