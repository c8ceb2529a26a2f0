import { Parser } from 'acorn';
import {
  DOCUMENTED_GLOBALS,
  DOCUMENTED_STATICS,
  IMPORTED_MODULES,
  REQUIRED_MODULES,
  UNDOCUMENTED_METHODS,
} from './documented-runtime.ts';
import { syntaxFault } from './documented-syntax.ts';
import { declaredNames, isReference, type SyntaxNode, visit } from './syntax-tree.ts';

/** Bytes of a function's code (AWS, "Quotas on CloudFront Functions"). */
export const MAXIMUM_CODE_BYTES = 10_240;

/**
 * Everything in a function's code that AWS does not document for CloudFront Functions 2.0, each as
 * `line:column construct`; empty when it would run. Names that are computed at run time are the sandbox's part.
 */
export function languageFaults(code: string): string[] {
  const bytes = Buffer.byteLength(code);
  const tooLarge = bytes > MAXIMUM_CODE_BYTES ? [`1:0 ${bytes} bytes of code, ${MAXIMUM_CODE_BYTES} are allowed`] : [];
  try {
    return [...tooLarge, ...programFaults(parse(code))];
  } catch (error) {
    if (error instanceof SyntaxError) return [...tooLarge, error.message];
    throw error;
  }
}

function parse(code: string): SyntaxNode {
  return Parser.parse(code, { ecmaVersion: 'latest', sourceType: 'module', locations: true }) as unknown as SyntaxNode;
}

function programFaults(program: SyntaxNode): string[] {
  const declared = declaredNames(program);
  const faults: string[] = [];
  visit(program, (node, ancestors) => {
    const fault = syntaxFault(node, ancestors) ?? moduleFault(node) ?? memberFault(node) ?? nameFault(node, ancestors);
    if (fault !== undefined) faults.push(`${node.loc.start.line}:${node.loc.start.column} ${fault}`);
  });
  return faults;

  function nameFault(node: SyntaxNode, ancestors: readonly SyntaxNode[]): string | undefined {
    if (node.type !== 'Identifier' || !isReference(node, ancestors)) return undefined;
    const name = String(node.name);
    return declared.has(name) || DOCUMENTED_GLOBALS.has(name) ? undefined : `global ${name}`;
  }
}

function moduleFault(node: SyntaxNode): string | undefined {
  if (node.type === 'ImportDeclaration') {
    const { value } = node.source as SyntaxNode;
    return IMPORTED_MODULES.has(String(value)) ? undefined : `module ${value}`;
  }
  if (node.type !== 'CallExpression' || (node.callee as SyntaxNode).name !== 'require') return undefined;
  const [name] = node.arguments as readonly SyntaxNode[];
  return REQUIRED_MODULES.has(String(name?.value)) ? undefined : `module ${name?.value ?? 'of a computed name'}`;
}

function memberFault(node: SyntaxNode): string | undefined {
  if (node.type === 'CallExpression') return callFault(node);
  if (node.type !== 'MemberExpression' || node.computed) return undefined;
  const owner = String((node.object as SyntaxNode).name);
  const { name } = node.property as SyntaxNode;
  const statics = Object.hasOwn(DOCUMENTED_STATICS, owner) ? DOCUMENTED_STATICS[owner] : undefined;
  return !statics || name === 'prototype' || statics.has(String(name)) ? undefined : `${owner}.${name}`;
}

function callFault(node: SyntaxNode): string | undefined {
  const callee = node.callee as SyntaxNode;
  if (callee.type !== 'MemberExpression' || callee.computed) return undefined;
  const { name } = callee.property as SyntaxNode;
  if ((callee.object as SyntaxNode).name === 'console') {
    if (name !== 'log') return `console.${name}`;
    return (node.arguments as readonly SyntaxNode[]).length > 1 ? 'console.log with several arguments' : undefined;
  }
  return UNDOCUMENTED_METHODS.has(String(name)) ? `method ${name}` : undefined;
}
