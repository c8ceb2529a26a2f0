/** Cases of the catalogue's categories that this suite does not run, and why: they count as not run, never as passed. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  'PATH-025': 'the local store holds objects, not files that could link',
  'XFORM-020':
    'accounts have no budget of transformations; what one address has made in a minute is bounded: test/core/delivery/render-allowance.test.ts',
  'CACHE-015': 'ten thousand replacements take longer than this suite may',
  'SIG-025': 'ImageKit knows no furthest expiry, and its SDKs sign URLs that never end',
  'HDR-006': 'there is no dashboard yet',
  'INJ-001': 'there is no search yet',
  'INJ-010': 'there is no dashboard yet',
};
