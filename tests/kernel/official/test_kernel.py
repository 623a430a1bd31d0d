"""The conformance suite of the Jupyter project, applied to the course kernel.

`tests/kernel/official.test.ts` runs this file; every case becomes a test of its own there.
"""

import jupyter_kernel_test

NAME = "tslab"
DISPLAY = "import { display } from 'tslab';"


class TypeScriptKernelTests(jupyter_kernel_test.KernelTests):
    """Messages, one kind after the other. Only `test_pager` is skipped: the pager belongs to terminals; we explain by Shift-Tab."""

    kernel_name = NAME
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('to stderr')"
    code_generate_error = "throw new TypeError('boom')"
    code_inspect_sample = "console.log"
    code_clear_output = "Reflect.get(globalThis, '__notebook').clearOutput()"

    completion_samples = [
        {"text": "Math.hyp", "matches": {"hypot"}},
        {"text": "[1].toLocaleS", "matches": {"toLocaleString"}},
        {"text": "'a'.codePo", "matches": {"codePointAt"}},
    ]
    complete_code_samples = [
        "1 + 1",
        "const f = (x: number) => x;",
        "if (true) { console.log(1) }",
        "interface A { x: number }",
        "for await (const x of [1]) {}",
    ]
    incomplete_code_samples = ["function f() {", "const a = [1,", "const s = `abc", "/* remark"]
    invalid_code_samples = ["const = 3", "const x = )", "let 1x = 2"]

    code_execute_result = [
        {"code": "1 + 1", "result": "2"},
        {"code": "'a' + 'b'", "result": "'ab'"},
        {"code": "[1, 2, 3].map((x) => x * 2)", "result": "[ 2, 4, 6 ]"},
        {"code": "await Promise.resolve(new Map([[1, 2]]))", "result": "Map(1) { 1 => 2 }"},
        {"code": "({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>hi</b>' }) })", "mime": "text/html", "result": "<b>hi</b>"},
    ]
    code_display_data = [
        {"code": DISPLAY + "display.html('<b>hi</b>')", "mime": "text/html"},
        {"code": DISPLAY + "display.png(new Uint8Array([1, 2]))", "mime": "image/png"},
        {"code": "Reflect.get(globalThis, '__notebook').display({ 'text/markdown': '*hi*' })", "mime": "text/markdown"},
    ]

    code_history_pattern = "1 + *"
    supported_history_operations = ("tail", "range", "search")


class WelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    """A new subscriber is greeted (Jupyter enhancement proposal 65)."""

    kernel_name = NAME
    support_iopub_welcome = True
