// A notebook that is open in JupyterLab, used as a person uses it: by keys, menus and buttons.
import { basename } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { Cell, Notebook, Output } from '../../course/notebook.js';

declare global {
  // What JupyterLab gives to the page when it is asked to.
  interface Window {
    readonly jupyterapp: {
      readonly shell: { readonly currentWidget: { readonly content: { readonly model: Model } } };
    };
  }
}

interface Model {
  readonly sharedModel: { toJSON(): Notebook };
}

/** What a code cell holds. */
export interface CodeCell {
  readonly count: number | null;
  readonly outputs: readonly Output[];
}

/** Opens a notebook and waits until its kernel is ready. */
export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await statusBar(page)
    .filter({ hasText: basename(new URL(address).pathname) })
    .waitFor();
  await kernelIsIdle(page);
}

/** Waits until the kernel is there and waits for work. */
export async function kernelIsIdle(page: Page): Promise<void> {
  await statusBar(page).filter({ hasText: '| Idle' }).waitFor();
}

const statusBar = (page: Page): Locator => page.locator('#jp-main-statusbar');

/** The code cell with this number, from 0. */
export function cell(page: Page, index: number): Locator {
  return page.locator('.jp-NotebookPanel:visible .jp-CodeCell').nth(index);
}

/** What the code cells hold. */
export async function codeCells(page: Page): Promise<readonly CodeCell[]> {
  const { cells } = await page.evaluate(() => window.jupyterapp.shell.currentWidget.content.model.sharedModel.toJSON());
  return cells.filter((each) => each.cell_type === 'code').map(contentOf);
}

function contentOf({ execution_count: count = null, outputs = [] }: Cell): CodeCell {
  return { count, outputs };
}

/** Starts a cell that goes on for a while, by Shift + Enter. */
export async function startCell(page: Page, index: number): Promise<void> {
  await pressShiftEnter(page, index);
  await prompt(page, index).filter({ hasText: '[*]' }).waitFor();
}

/** Waits until a cell has ended, and gives what it holds. */
export async function endOfCell(page: Page, index: number): Promise<CodeCell> {
  await prompt(page, index).filter({ hasText: ended }).waitFor();
  return (await codeCells(page))[index]!;
}

/** Runs a cell, and gives what it holds then. */
export async function runCell(page: Page, index: number): Promise<CodeCell> {
  const { count } = (await codeCells(page))[index]!;
  await pressShiftEnter(page, index);
  await prompt(page, index)
    .filter({ hasText: ended, hasNotText: `[${count}]` })
    .waitFor();
  return (await codeCells(page))[index]!;
}

const ended = /\[\d+\]/;
const prompt = (page: Page, index: number): Locator => cell(page, index).locator('.jp-InputPrompt');

async function pressShiftEnter(page: Page, index: number): Promise<void> {
  await cell(page, index).locator('.cm-content').click();
  await page.keyboard.press('Shift+Enter');
}

/** Presses a button of the notebook's tool bar. */
export async function press(page: Page, command: string): Promise<void> {
  await page.locator(`.jp-NotebookPanel:visible .jp-Toolbar [data-command="notebook:${command}"]`).click();
}

/** Chooses an item of the menu bar. */
export async function choose(page: Page, menu: string, item: string): Promise<void> {
  await page.locator('#jp-MainMenu .lm-MenuBar-itemLabel', { hasText: new RegExp(`^${menu}$`) }).click();
  await page.locator('.lm-Menu-itemLabel', { hasText: new RegExp(`^${item}$`) }).click();
}
