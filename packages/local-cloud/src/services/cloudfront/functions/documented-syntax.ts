import { isFunction, type SyntaxNode } from './syntax-tree.ts';

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

/** Operators that came with ES2020 and ES2021. */
const LATER_OPERATORS = new Set(['&&=', '||=', '??=', '??']);

/** The construct that the edge's language lacks, if the node is one. */
export function syntaxFault(node: SyntaxNode, ancestors: readonly SyntaxNode[]): string | undefined {
  if (!SYNTAX.has(node.type)) return node.type;
  if (node.optional === true) return 'optional chaining';
  if (LATER_OPERATORS.has(String(node.operator))) return `operator ${node.operator}`;
  if (node.type === 'CatchClause' && !node.param) return 'catch without a binding';
  if (node.type === 'AwaitExpression' && !ancestors.some(isFunction)) return 'await outside a function';
  if (node.type === 'Literal') return literalFault(node);
  if (node.type === 'Property') return propertyFault(node);
  return isFunction(node) ? functionFault(node, ancestors) : undefined;
}

function literalFault({ bigint, raw, regex }: SyntaxNode): string | undefined {
  if (bigint !== undefined) return 'BigInt literal';
  if (typeof raw === 'string' && /^0[bo]/i.test(raw)) return 'binary or octal literal';
  const { flags = '' } = (regex ?? {}) as { readonly flags?: string };
  const later = /[^gimy]/.exec(flags)?.[0];
  return later === undefined ? undefined : `regular expression flag ${later}`;
}

/** ECMAScript 5.1, section 11.1.5: a name and a value, or a getter or setter. */
function propertyFault({ shorthand, computed, method }: SyntaxNode): string | undefined {
  if (shorthand === true) return 'shorthand property';
  if (computed === true) return 'computed property name';
  return method === true ? 'method in an object literal' : undefined;
}

/** "async arguments and closures are not supported": an async function stands at the top, and is called by its name. */
function functionFault({ generator, async }: SyntaxNode, ancestors: readonly SyntaxNode[]): string | undefined {
  if (generator === true) return 'generator';
  if (async !== true) return undefined;
  if (ancestors.some(isFunction)) return 'async function inside another function';
  return ancestors.at(-1)?.type === 'CallExpression' ? 'async function as an argument' : undefined;
}
