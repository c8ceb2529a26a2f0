import { plural } from './plural.ts';

/** Texts of ZIPs and share links. */
export const sharing = {
  zips: {
    make: 'Download as ZIP',
    title: 'ZIP',
    progress: (done: number, all: number) => `ZIP: ${done.toLocaleString('en')} of ${plural(all, 'file', 'files')}`,
    ready: (count: number) => `The ZIP with ${plural(count, 'file', 'files')} is ready.`,
    leftOut: (count: number) => `${plural(count, 'file is', 'files are')} not in it:`,
    download: 'Download the ZIP',
    close: 'Close: ZIP',
  },
  shares: {
    title: 'Share links',
    hint: 'Whoever has one of these links sees its files, until it ends or is revoked.',
    none: 'There are no share links',
    share: 'Share link…',
    shareFiles: (count: number) => `Share ${plural(count, 'file', 'files')}`,
    make: 'Make the link',
    name: 'Title of the page',
    life: 'How long the link holds',
    lives: { 3600: 'An hour', 86400: 'A day', 604800: 'A week', 2592000: '30 days' },
    password: 'Password',
    passwordHint: (letters: number) => `Without one, the link is enough. With one, at least ${letters} characters.`,
    made: 'The link is made',
    url: 'Link',
    once: 'It is shown this once.',
    copy: 'Copy the link',
    copied: 'The link is on your clipboard.',
    until: (moment: string) => `until ${moment}`,
    revoke: (name: string) => `Revoke ${name}`,
    revokeShort: 'Revoke',
    revoked: (name: string) => `The link ${name} leads nowhere any more.`,
  },
};
