import { askAhead } from './api/asked-ahead.ts';
import { listedFiles, partOf } from './browse/listed-files.ts';
import { readView } from './browse/view.ts';
import { loadCatalogue, preferredLanguage } from './i18n/language.ts';

/**
 * Runs while the browser still loads the program: the API looks for the first files meanwhile. It is small, and imports
 * nothing that is not.
 */
const FILES = `/v1/files?${new URLSearchParams(partOf(listedFiles(readView(location.search)), undefined))}`;

askAhead('/v1/people/me');
askAhead('/v1/people/me/rights');
if (location.pathname === import.meta.env.BASE_URL) askAhead(FILES);
// Whoever shows the texts is told of a failure.
loadCatalogue(preferredLanguage()).catch(() => undefined);
