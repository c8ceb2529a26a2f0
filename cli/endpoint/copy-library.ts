import { join } from 'node:path';
import type { Api } from '../api/api.ts';
import { filesOf } from '../api/assets.ts';
import { CommandFailed } from '../command-failed.ts';
import { inParallel } from '../in-parallel.ts';
import type { Tally } from '../tally.ts';
import { originalOf } from '../transfer/deployment.ts';
import { importFile } from '../transfer/import-file.ts';
import { originalsIn } from '../transfer/originals.ts';
import { makeFields, makeFolders } from '../transfer/prepare-library.ts';
import { readFields, readFile, readFolders } from '../transfer/read-library.ts';
import { begunUploads } from '../upload/begun-uploads.ts';
import { filesThere } from '../upload/is-there.ts';

const SIDE_BY_SIDE = 4;

/**
 * Gives one library what another one has: fields, folders, files with all versions and details. What is there is left alone; bytes that
 * are in the folder already are not fetched again.
 * @param via folder of this machine for the bytes
 */
export async function copyLibrary(from: Api, target: Api, via: string, tally: Tally): Promise<void> {
  const signingKey = process.env.VITRINE_PRIVATE_KEY;
  const [source, deployment] = [from, target].map((api) => ({ api, signingKey })) as [Source, Source];
  const originals = originalsIn(join(via, 'originals'));
  await makeFields(target, await readFields(from));
  await makeFolders(target, await readFolders(from));
  const deps = { deployment, originals, begun: begunUploads(target.base), find: filesThere(target) };
  await inParallel(filesOf(from, {}), SIDE_BY_SIDE, (file) =>
    tally.attempt(file.filePath, async () => {
      const record = await readFile(source, file, async (version, checksum) => {
        if (await originals.has(checksum)) return;
        const got = await originals.put(await originalOf(source, version));
        if (got !== checksum)
          throw new CommandFailed(`${version.versionInfo.name} has other bytes than its checksum says.`);
      });
      return (await importFile(deps, record)) ? 'copied' : 'there before';
    }),
  );
}

interface Source {
  readonly api: Api;
  readonly signingKey: string | undefined;
}
