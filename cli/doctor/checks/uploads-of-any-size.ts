import { type Check, type DoctorDeps, failed, notAsked, ok } from '../check.ts';

/** Megabytes of the files that are sent, smallest first. */
const SIZES = [5, 50, 300];

const MEGABYTE = 1_000_000;

/**
 * Sends files of 5, 50 and 300 MB in one request each, and removes them. Where a deployment says `largeUploads: off`, the first is
 * refused with 413, which is as it should be.
 */
export const uploadsOfAnySize: Check = {
  title: 'Uploads of any size in one request',
  run: async (deps) => {
    if (!deps.mayUpload) return notAsked('It sends 355 MB. Allow it with --large-uploads.');
    const seconds: string[] = [];
    for (const size of SIZES) {
      const started = deps.clock.now();
      const fault = await sendAndRemove(deps, size);
      if (fault !== undefined) return failed(`${size} MB: ${fault}`, faultSentence(fault, size));
      seconds.push(`${size} MB in ${((deps.clock.now() - started) / 1000).toFixed(1)} s`);
    }
    return ok(seconds.join(', '), 'Files of every size were taken in one request, and removed.');
  },
};

/** @returns what went wrong */
async function sendAndRemove({ library }: DoctorDeps, size: number): Promise<string | undefined> {
  const fileName = `vitrine-doctor-${size}mb.bin`;
  try {
    const { fileId } = await library.upload(fileName, new Uint8Array(size * MEGABYTE));
    await library.call('DELETE', `/v1/files/${fileId}?purge=true`);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const faultSentence = (fault: string, size: number): string =>
  fault.includes('answered 413')
    ? 'The deployment takes no large files in one request: "largeUploads" is "off", or the receiver has a limit of its own.'
    : `A file of ${size} MB was not taken in one request; smaller ones were. Parts of it end after a day.`;
