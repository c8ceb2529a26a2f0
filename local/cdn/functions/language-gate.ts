import { Parser } from 'acorn';

/** Bytes of a function's code (AWS, "Quotas on CloudFront Functions"). */
export const MAXIMUM_CODE_BYTES = 10_240;

/**
 * What the language of CloudFront Functions 2.0 has (AWS, "JavaScript runtime 2.0 features"): ECMAScript 5.1 with const
 * and let, template literals, arrow functions, rest parameters, async and await, and the exponentiation operator.
 */
const SYNTAX = new Set([
  ...['Program', 'ImportDeclaration', 'ImportDefaultSpecifier', 'ExpressionStatement', 'BlockStatement'],
  ...['EmptyStatement', 'ReturnStatement', 'LabeledStatement', 'BreakStatement', 'ContinueStatement', 'IfStatement'],
  ...['SwitchStatement', 'SwitchCase', 'ThrowStatement', 'TryStatement', 'CatchClause', 'WhileStatement'],
  ...['DoWhileStatement', 'ForStatement', 'ForInStatement', 'FunctionDeclaration', 'VariableDeclaration'],
  ...['VariableDeclarator', 'ThisExpression', 'ArrayExpression', 'ObjectExpression', 'Property', 'FunctionExpression'],
  ...['ArrowFunctionExpression', 'UnaryExpression', 'UpdateExpression', 'BinaryExpression', 'AssignmentExpression'],
  ...['LogicalExpression', 'MemberExpression', 'ConditionalExpression', 'CallExpression', 'NewExpression'],
  ...['SequenceExpression', 'TemplateLiteral', 'TemplateElement', 'Identifier', 'Literal', 'RestElement'],
  'AwaitExpression',
]);

const GLOBALS = new Set([
  ...['Set', 'Map', 'WeakMap', 'WeakSet', 'Proxy', 'Reflect', 'Intl', 'URL', 'URLSearchParams', 'fetch', 'setTimeout'],
  ...['setInterval', 'setImmediate', 'process', 'eval', 'Function', 'structuredClone', 'BigInt', 'globalThis'],
]);

const METHODS = new Set([
  ...['replaceAll', 'at', 'flat', 'flatMap', 'fromEntries', 'matchAll', 'toLocaleString', 'allSettled', 'hasOwn'],
  ...['toSorted', 'toReversed', 'toSpliced', 'findLast', 'findLastIndex', 'isWellFormed', 'groupBy'],
]);

/** Assignments that came with ES2021. */
const OPERATORS = new Set(['&&=', '||=', '??=', '??']);

interface SyntaxNode {
  readonly type: string;
  readonly loc: { readonly start: { readonly line: number; readonly column: number } };
  readonly [member: string]: unknown;
}

/** Everything in a function's code that the edge would refuse, each as `line:column construct`; empty when it would run. */
export function languageFaults(code: string): string[] {
  const faults: string[] = [];
  const bytes = Buffer.byteLength(code);
  if (bytes > MAXIMUM_CODE_BYTES) faults.push(`1:0 ${bytes} bytes of code, ${MAXIMUM_CODE_BYTES} are allowed`);
  let program: SyntaxNode;
  try {
    program = Parser.parse(code, {
      ecmaVersion: 'latest',
      sourceType: 'module',
      locations: true,
    }) as unknown as SyntaxNode;
  } catch (error) {
    return [...faults, (error as Error).message];
  }
  walk(program, undefined, faults);
  return faults;
}

function walk(node: SyntaxNode, parent: SyntaxNode | undefined, faults: string[]): void {
  const { line, column } = node.loc.start;
  const fault = faultOf(node, parent);
  if (fault) faults.push(`${line}:${column} ${fault}`);
  for (const member of Object.values(node)) {
    for (const child of Array.isArray(member) ? member : [member]) {
      if (isNode(child)) walk(child, node, faults);
    }
  }
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';
}

function faultOf(node: SyntaxNode, parent: SyntaxNode | undefined): string | undefined {
  if (!SYNTAX.has(node.type)) return node.type;
  if (node.type === 'CatchClause' && !node.param) return 'catch without a binding';
  if (node.type === 'Literal' && node.bigint !== undefined) return 'BigInt literal';
  if (node.generator === true) return 'generator';
  if (node.optional === true) return 'optional chaining';
  if (OPERATORS.has(String(node.operator))) return `operator ${node.operator}`;
  if (node.type === 'ImportDeclaration') return importFault(node);
  if (node.type === 'MemberExpression' && !node.computed) {
    const { name } = node.property as SyntaxNode;
    if (METHODS.has(String(name))) return `method ${name}`;
  }
  return node.type === 'Identifier' && isFree(node, parent) && GLOBALS.has(String(node.name))
    ? `global ${node.name}`
    : undefined;
}

function importFault(node: SyntaxNode): string | undefined {
  const { value } = node.source as SyntaxNode;
  return ['cloudfront', 'crypto', 'querystring', 'buffer'].includes(String(value)) ? undefined : `module ${value}`;
}

/** A name that is neither a property nor the key of an object literal. */
function isFree(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  if (parent?.type === 'MemberExpression' && parent.property === node && !parent.computed) return false;
  return !(parent?.type === 'Property' && parent.key === node && !parent.shorthand);
}
