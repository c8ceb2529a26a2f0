/** Cases of the catalogue's categories that this suite does not run, and why: they count as not run, never as passed. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  'PATH-025': 'the local store holds objects, not files that could link',
  'UPL-018': 'there are no quotas',
  'RACE-011': 'the API has no idempotency keys, because ImageKit has none: a repeated upload is one more version',
  'RACE-012':
    'a transaction is repeated for seconds, and never after the ten minutes for which its token is remembered',
  'FAULT-016': 'a render that needs too much memory ends in a process of its own: test/core/render/isolated',
  'EVT-013': 'this machine runs one region; settings are written in the home region alone',
  'XFORM-020':
    'accounts have no budget of transformations; what one address has made in a minute is bounded: test/core/delivery/render-allowance.test.ts',
  'AUTH-008': 'nothing here keeps a refresh token, and the issuer of this machine gives none',
  'AUTH-013':
    'passwords are the user pool’s, which has limits of its own; the stand-in of this machine bounds the tries of an address, and keeps its owner out meanwhile',
  'CACHE-015': 'ten thousand replacements take longer than this suite may',
  'SIG-025': 'ImageKit knows no furthest expiry, and its SDKs sign URLs that never end',
  'EXP-001': 'ZIPs are tried at test/core/library/zips; hostile names with other programs that unpack them are not',
  'EXP-003':
    'what changes before a ZIP is written is tried at test/core/library/zips/write-zip.test.ts; twenty at once are not',
  'EXP-006': 'no call changes what a query finds: calls name their files, or a folder',
  'AUTHZ-013': 'one machine has one region',
};
