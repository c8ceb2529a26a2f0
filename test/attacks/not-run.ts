/** Cases of the catalogue's categories that this suite does not run, and why: they count as not run, never as passed. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  'PATH-025': 'the local store holds objects, not files that could link',
  'UPL-018': 'there are no quotas',
  'RACE-011': 'the API has no idempotency keys, because ImageKit has none: a repeated upload is one more version',
  'RACE-012':
    'a transaction is repeated for seconds, and never after the ten minutes for which its token is remembered',
  'FAULT-016': 'a render that needs too much memory ends in a process of its own: test/core/render/isolated',
  'XFORM-020':
    'accounts have no budget of transformations; what one address has made in a minute is bounded: test/core/delivery/render-allowance.test.ts',
  'AUTH-008': 'nothing here keeps a refresh token, and the issuer of this machine gives none',
  'CACHE-015': 'ten thousand replacements take longer than this suite may',
  'SIG-025': 'ImageKit knows no furthest expiry, and its SDKs sign URLs that never end',
  'EXP-006': 'no call changes what a query finds: calls name their files, or a folder',
};
