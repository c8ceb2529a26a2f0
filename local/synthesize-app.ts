import { join } from 'node:path';
import { synthesize } from 'local-cloud';

/**
 * Synthesizes Vitrine for this machine, or finds the assembly that the same sources gave before.
 * @param root the repository
 * @param settings over those of `cdk.json`, as an owner would have them there
 * @returns the assembly's folder
 */
export function synthesizeApp(root: string, settings: Readonly<Record<string, unknown>> = {}): Promise<string> {
  return synthesize({
    root,
    script: join('bin', 'vitrine.ts'),
    inputs: ['bin', 'lib', 'lambda', 'dashboard', 'cdk.json', 'package-lock.json'],
    cache: join('node_modules', '.cache', 'vitrine', 'assembly'),
    context: (context) => localContext(context, settings),
  });
}

/**
 * The owner's own host is for the deployment, and so is another CDN; here media are on localhost, and viewers ask for them there. Guards run in `npm run synth` and in the
 * tests, not at every start. The layer for Lambda's processor is not built, which would need the network: functions find
 * this machine's sharp as they would find the layer's. People can always sign in here, and no copy of the audit log is locked for
 * longer than a day.
 */
function localContext(
  context: Readonly<Record<string, unknown>>,
  settings: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const { mediaDomain: _, cdnInFront: __, ...configured } = (context.vitrine ?? {}) as Record<string, unknown>;
  const vitrine: Record<string, unknown> = { ...configured, ...settings };
  const people = { mailFrom: 'vitrine@example.com', hosts: ['localhost'], ...((vitrine.people ?? {}) as object) };
  return {
    ...context,
    vitrine: { ...vitrine, people, auditLock: 'governance' },
    'vitrine:guards': 'off',
    'vitrine:sharp-layer': 'placeholder',
  };
}
