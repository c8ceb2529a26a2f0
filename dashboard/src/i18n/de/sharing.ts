import type { Catalogue } from '../en.ts';
import { plural } from './plural.ts';

/** Texts of ZIPs and share links. */
export const sharing: Pick<Catalogue, 'zips' | 'shares'> = {
  zips: {
    make: 'Als ZIP herunterladen',
    title: 'ZIP-Datei',
    progress: (done, all) => `ZIP: ${done.toLocaleString('de')} von ${plural(all, 'Datei', 'Dateien')}`,
    ready: (count) => `Das ZIP mit ${plural(count, 'Datei', 'Dateien')} ist fertig.`,
    leftOut: (count) => `${plural(count, 'Datei ist', 'Dateien sind')} nicht darin:`,
    download: 'Das ZIP herunterladen',
    close: 'Schließen: ZIP',
  },
  shares: {
    title: 'Geteilte Links',
    hint: 'Wer einen dieser Links hat, sieht seine Dateien, bis er endet oder widerrufen wird.',
    none: 'Es gibt keine geteilten Links',
    share: 'Link teilen…',
    shareFiles: (count) => `${plural(count, 'Datei', 'Dateien')} teilen`,
    make: 'Link anlegen',
    name: 'Titel der Seite',
    life: 'Wie lange der Link gilt',
    lives: { 3600: 'Eine Stunde', 86400: 'Einen Tag', 604800: 'Eine Woche', 2592000: '30 Tage' },
    password: 'Passwort',
    passwordHint: (letters) => `Ohne eines genügt der Link. Mit einem: mindestens ${letters} Zeichen.`,
    made: 'Der Link ist angelegt',
    url: 'Adresse',
    once: 'Er wird nur dieses eine Mal gezeigt.',
    copy: 'Link kopieren',
    copied: 'Der Link ist in der Zwischenablage.',
    until: (moment) => `bis ${moment}`,
    revoke: (name) => `${name} widerrufen`,
    revokeShort: 'Widerrufen',
    revoked: (name) => `Der Link ${name} führt nirgendwohin mehr.`,
  },
};
