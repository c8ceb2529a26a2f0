// Plain JavaScript: it must run on every Node, to say which one is needed.
const [major] = process.versions.node.split('.').map(Number);
if (major < 24) {
  console.error(
    `Vitrine needs Node 24 or newer, this is ${process.version}. On Linux x64 "npm ci" brings one for the npm scripts; elsewhere install Node 24.`,
  );
  process.exit(1);
}
// node:sqlite is marked experimental; the warning would be the first thing that a new user reads.
const { emitWarning } = process;
process.emitWarning = (warning, ...rest) => {
  const type = typeof rest[0] === 'string' ? rest[0] : (rest[0]?.type ?? warning?.name);
  if (type !== 'ExperimentalWarning') emitWarning.call(process, warning, ...rest);
};
await import('./main.ts');
