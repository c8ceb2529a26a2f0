import { fetchPinned } from '../../core/delivery/fetch-pinned.ts';
import { importFrom } from '../../core/library/imports/import-bucket.ts';
import type { PinnedObject } from '../../core/library/pinned-object.ts';
import { detectType } from '../../formats/types/detect-type.ts';
import { objectSource } from '../../remote/origins/object-source.ts';
import { originFetcher } from '../../remote/origins/origin-fetcher.ts';
import { composeOriginReading } from './origins.ts';

/** What imports take objects from, and jobs read files at their origin with. The transformer has none of it. */
export function composeObjects() {
  const { directory, ...reading } = composeOriginReading();
  const fetcher = originFetcher(reading);
  return {
    importBucket: importFrom({ source: objectSource({ ...reading, directory, fetcher }), detectType }),
    fetchPinned: (pin: PinnedObject) => fetchPinned({ directory, fetcher }, pin),
  };
}
