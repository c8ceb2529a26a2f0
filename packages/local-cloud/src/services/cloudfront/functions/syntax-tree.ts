/** A node of an ESTree syntax tree, as acorn makes it. */
export interface SyntaxNode {
  readonly type: string;
  readonly loc: { readonly start: { readonly line: number; readonly column: number } };
  readonly [member: string]: unknown;
}

/** Calls `see` for every node, parents first, with the nodes around it, outermost first. */
export function visit(
  node: SyntaxNode,
  see: (node: SyntaxNode, ancestors: readonly SyntaxNode[]) => void,
  ancestors: readonly SyntaxNode[] = [],
): void {
  see(node, ancestors);
  const inside = [...ancestors, node];
  for (const member of Object.values(node)) {
    for (const child of Array.isArray(member) ? member : [member]) {
      if (isNode(child)) visit(child, see, inside);
    }
  }
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';
}

export function isFunction({ type }: SyntaxNode): boolean {
  return type === 'FunctionDeclaration' || type === 'FunctionExpression' || type === 'ArrowFunctionExpression';
}

/** Every name that a program declares, in whatever scope. */
export function declaredNames(program: SyntaxNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(program, (node) => {
    for (const declared of declaredBy(node)) if (isNode(declared)) addNames(declared, names);
  });
  return names;
}

function declaredBy(node: SyntaxNode): readonly unknown[] {
  if (isFunction(node)) return [node.id, ...(node.params as readonly unknown[])];
  if (node.type === 'VariableDeclarator' || node.type === 'ClassDeclaration') return [node.id];
  if (node.type === 'CatchClause') return [node.param];
  return /^Import\w*Specifier$/.test(node.type) ? [node.local] : [];
}

/** A pattern declares all names in it; the gate refuses patterns, but should not call their names unknown as well. */
function addNames(pattern: SyntaxNode, names: Set<string>): void {
  visit(pattern, (node) => {
    if (node.type === 'Identifier') names.add(String(node.name));
  });
}

/** Whether an identifier stands for a variable, and not for a property, a key or a label. */
export function isReference(node: SyntaxNode, ancestors: readonly SyntaxNode[]): boolean {
  const parent = ancestors.at(-1);
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.property !== node || parent.computed === true;
    case 'Property':
      return parent.key !== node || parent.computed === true || parent.shorthand === true;
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'ImportSpecifier':
    case 'MethodDefinition':
      return false;
    default:
      return true;
  }
}
