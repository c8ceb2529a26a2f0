import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, linkSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VitrineAppProps } from '../vitrine-app.ts';
import { VitrineApp } from '../vitrine-app.ts';
import { DEPLOYED_CONTEXT_KEY, PROJECT_ROOT } from '../vitrine-context.ts';
import { PROVENANCE_FILE, provenanceOf } from './provenance.ts';

/** Folder in the tarball. */
const FOLDER = 'vitrine';

/** More than npm prints for a thousand packages. */
const MOST_BYTES_OF_NPM = 64_000_000;

/**
 * Packs what a deployment needs and nothing that only developers need: the synthesized app with its assets, once for a
 * first deployment and once for those after it, the CDK CLI, scripts, the bill of materials, and its provenance with the checksum of every file. It is made for one configuration. See
 * docs/decisions/0047-a-bundle-is-made-for-one-configuration.md.
 * @param tarball file to write
 * @param draft folder to work in; it is made anew and left behind
 */
export function makeBundle(tarball: string, draft: string, props: Omit<VitrineAppProps, 'outdir'> = {}): void {
  const folder = join(draft, FOLDER);
  const startedOn = new Date();
  rmSync(draft, { recursive: true, force: true });
  const { regions, configuration } = synthesizeTwice(folder, props);
  linkEqualFiles(join(folder, 'first'), join(folder, 'later'));
  writeFileSync(join(folder, 'regions.txt'), regions.map((line) => `${line}\n`).join(''));
  const cli = 'node_modules/aws-cdk';
  cpSync(join(PROJECT_ROOT, cli), join(folder, cli), { recursive: true });
  for (const script of ['deploy.sh', 'verify.mjs']) cpSync(join(import.meta.dirname, script), join(folder, script));
  cpSync(join(PROJECT_ROOT, 'LICENSE'), join(folder, 'LICENSE'));
  writeFileSync(join(folder, 'sbom.cdx.json'), billOfMaterials(PROJECT_ROOT));
  // For the CDK CLI: flags of the app are in the assembly, its own are here.
  writeFileSync(join(folder, 'cdk.json'), `${JSON.stringify({ versionReporting: false })}\n`);
  const made = { folder, root: PROJECT_ROOT, configuration, startedOn, finishedOn: new Date() };
  writeFileSync(join(folder, PROVENANCE_FILE), `${JSON.stringify(provenanceOf(made), null, 2)}\n`);
  pack(tarball, draft);
}

/** @returns lines with region and stack, and the configuration as the app reads it */
function synthesizeTwice(folder: string, props: Omit<VitrineAppProps, 'outdir'>) {
  const synthesize = (name: string, deployed: readonly string[]) => {
    const context = { ...props.context, [DEPLOYED_CONTEXT_KEY]: deployed };
    const app = new VitrineApp({ ...props, context, outdir: join(folder, name) });
    app.synth();
    return app;
  };
  mkdirSync(folder, { recursive: true });
  const { regions, config: configuration } = synthesize('first', []);
  const stacks = regions.map(({ stackName }) => stackName);
  synthesize('later', stacks);
  return { regions: regions.map(({ region, stackName }) => `${region} ${stackName}`), configuration };
}

/** Assets are named by their content; tar keeps a file that has two names once. */
function linkEqualFiles(first: string, later: string): void {
  for (const entry of readdirSync(later, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const same = first + path.slice(later.length);
    if (!entry.isFile() || !path.includes('/asset.') || !existsSync(same)) continue;
    rmSync(path);
    linkSync(same, path);
  }
}

function pack(tarball: string, draft: string): void {
  const { status, error, stderr } = spawnSync('tar', ['-czf', tarball, '-C', draft, FOLDER], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The bundle could not be packed: ${error?.message ?? stderr}`);
}

/**
 * Every package that the lock file names, as a CycloneDX document (OWASP CycloneDX, JSON; npm Docs, "npm sbom"). What is built
 * comes from no other.
 * @param root folder of the lock file
 * @throws when npm cannot make it
 */
function billOfMaterials(root: string): string {
  const args = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
  const { status, stdout, stderr, error } = spawnSync('npm', args, {
    ...{ cwd: root, encoding: 'utf8', maxBuffer: MOST_BYTES_OF_NPM },
  });
  if (status !== 0) throw new Error(`npm made no bill of materials: ${error?.message ?? stderr}`);
  return stdout;
}
