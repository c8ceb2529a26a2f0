/**
 * Gets Node's own modules by a call instead of an import. An import makes Node read every export of the module, and some
 * are made when they are read: `WebSocket` of node:http is all of undici, 30 ms of each cold start.
 * @param script a bundled ES module
 */
export function withoutBuiltinImports(script: string): string {
  return script.replace(
    /\bimport\s*([\w$*{][^"';]*?)\s*from\s*"(node:[\w/]+)";?/g,
    (_, names: string, module: string) => bindings(names.trim(), `process.getBuiltinModule("${module}")`),
  );
}

/** The names of an import as declarations: `{a as b}`, `* as a`, `a`, or the last with one of the others. */
function bindings(names: string, module: string): string {
  const [, own, rest] = /^([\w$]+)\s*(?:,\s*(.+))?$/s.exec(names) ?? [undefined, undefined, names];
  const first = own ? `const ${own}=${module};` : '';
  if (!rest) return first;
  const whole = /^\*\s*as\s+([\w$]+)$/.exec(rest)?.[1];
  return `${first}const ${whole ?? rest.replace(/\s+as\s+/g, ':')}=${module};`;
}
