// What the kernel says about itself.
import type { Json } from '../threads.js';
import { PROTOCOL } from './wire.js';

/** The content of a kernel_info_reply; `typescript` is the compiler's version. */
export function kernelInfo(typescript: string): Json {
  return {
    protocol_version: PROTOCOL,
    implementation: 'tslab',
    implementation_version: '1.0.22',
    banner: `TypeScript ${typescript} (Node ${process.version})`,
    language_info: {
      name: 'typescript',
      version: typescript,
      mimetype: 'text/typescript',
      file_extension: '.ts',
      codemirror_mode: 'typescript',
      pygments_lexer: 'typescript',
      nbconvert_exporter: 'script',
    },
    debugger: false,
    help_links: [{ text: 'TypeScript', url: 'https://www.typescriptlang.org/docs/' }],
  };
}
