import type { Api } from '../api/api.ts';
import { ApiRefused } from '../api/api.ts';
import { filesOf } from '../api/assets.ts';
import { CommandFailed } from '../command-failed.ts';

/**
 * Refuses to copy the library of another region than the endpoint's: the API explains URLs of its own region alone. An empty library is
 * nobody's.
 * @param urlPrefix of the endpoint
 * @throws CommandFailed
 */
export async function refuseOtherLibrary(api: Api, urlPrefix: string): Promise<void> {
  for await (const file of filesOf(api, { limit: '1' })) {
    const url = new URL(`/${urlPrefix}/x.png`, file.url).href;
    try {
      await (await api.call('GET', '/v1/explain', { query: { url } })).body?.cancel();
    } catch (error) {
      if (!(error instanceof ApiRefused)) throw error;
      // It may say that there is no such file: then it is one of its own region.
      if (error.code !== 'url.foreign') return;
      throw new CommandFailed(`--api must be the API of the region where the endpoint is: ${error.message}`);
    }
    return;
  }
}
