import type { Counts } from '../proof.ts';
import { waitUntil } from '../wait-until.ts';
import type { OwningClient } from './owning-client.ts';
import type { ProductToKill } from './product-to-kill.ts';
import type { WorldState } from './world-state.ts';

/** Files of each client that are asked for. */
const SAMPLE = 10;

/** Seconds after which what follows from a change is carried out at the latest: by the minute's run. */
const FOLLOWED = 120;

/** What is there is delivered, what is private to nobody, and what is in the trash neither. */
export async function expectDelivered(product: ProductToKill, owners: readonly OwningClient[]): Promise<Counts> {
  const { media } = await product.product();
  const counts = { 'files delivered': 0, 'private files refused': 0, 'trashed files gone': 0 };
  for (const { world } of owners) {
    for (const [path, file] of Object.entries(world.files).slice(0, SAMPLE)) {
      const text = file.versions.find(({ id }) => id === file.current)?.text ?? '';
      const isPrivate = file.isPrivate || isInPrivateFolder(world, path);
      counts[isPrivate ? 'private files refused' : 'files delivered']++;
      await expectAnswer(`${media}${encodeURI(path)}`, isPrivate ? '401' : `200 ${text}`);
    }
    for (const { kind, path } of Object.values(world.trash)) {
      if (kind === 'folder' || world.files[path]) continue;
      counts['trashed files gone']++;
      await expectAnswer(`${media}${encodeURI(path)}`, '404');
    }
  }
  return counts;
}

const isInPrivateFolder = ({ folders }: WorldState, path: string): boolean =>
  Object.entries(folders).some(([folder, { isPrivate }]) => isPrivate && path.startsWith(`${folder}/`));

async function expectAnswer(url: string, expected: string): Promise<void> {
  let seen = '';
  const isSo = async () => {
    const response = await fetch(url);
    const text = await response.text();
    seen = response.status === 200 ? `200 ${text}` : String(response.status);
    return seen === expected;
  };
  await waitUntil('it is delivered as it is', isSo, FOLLOWED).catch(() => {
    throw new Error(`${url} is delivered as ${seen} instead of ${expected}.`);
  });
}
