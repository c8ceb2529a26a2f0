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
withSteadyMemory();
await import('./main.ts');

/**
 * Begins anew, as the same process, with settings that glibc reads at the start of a program only. Left alone it keeps what
 * large buffers took, in pieces for each thread that nobody else can use: a hundred megabytes after ten thousand requests.
 */
function withSteadyMemory() {
  const settings = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072' };
  const isSet = Object.keys(settings).every((name) => name in process.env);
  // Other systems have other allocators; a channel to a parent would not outlive the new beginning.
  if (isSet || process.platform !== 'linux' || process.connected || !process.execve) return;
  const command = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  process.execve(process.execPath, command, { ...settings, ...process.env });
}
