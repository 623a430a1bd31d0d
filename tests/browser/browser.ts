// Chromium as the tests use it: without a network, and telling what the pages wanted from one.
import { type Browser, chromium, type Page } from 'playwright-core';

/** A browser with one open page. */
export interface Window {
  readonly page: Page;
  /** The addresses outside this machine that the page has asked for. */
  readonly outside: readonly string[];
  /** What went wrong in the page's own code. */
  readonly failures: readonly string[];
  close(): Promise<void>;
}

/** What a window looks like. */
export interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
}

const local = /^(?:data:|blob:|file:|about:|(?:https?|wss?):\/\/(?:localhost|127\.0\.0\.1)[:/])/;
// No name but this machine's own leads anywhere. Root, as in a container, cannot have Chromium's sandbox.
const flags = ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost', '--disable-quic', '--disable-gpu'];

/** Opens a window of the Chromium at `executablePath`. */
export async function openWindow(executablePath: string, options: WindowOptions = {}): Promise<Window> {
  const { width = 1200, height = 900, colorScheme = 'light' } = options;
  const browser: Browser = await chromium.launch({ executablePath, args: flags, chromiumSandbox: false });
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  page.setDefaultTimeout(60_000);
  const outside: string[] = [];
  const failures: string[] = [];
  page.on('request', (request) => {
    if (!local.test(request.url())) outside.push(request.url());
  });
  page.on('pageerror', ({ message }) => failures.push(message));
  return { page, outside, failures, close: () => browser.close() };
}
