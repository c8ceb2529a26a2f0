import type { RewriterSettings } from '../../contract/edge.ts';

/** Whose URLs an endpoint understands beside its own (ImageKit, "URL endpoints", urlRewriter). */
export type UrlRewriter =
  | {
      readonly type: 'CLOUDINARY';
      /** `image/upload` and its like stay in the path of the file. */
      readonly preserveAssetDeliveryTypes: boolean;
    }
  | { readonly type: 'IMGIX' | 'AKAMAI' };

/** Cloudinary, "Transformation URL structure": type of asset and delivery. */
const DELIVERY = '/(?:image|video|raw)/(?:upload|private|authenticated|fetch)(?=/)';

/** Cloudinary, "Signed delivery URLs": the signature of another product proves nothing here. */
const SIGNATURE = '(?:/s--[\\w-]+--(?=/))?';

/** A parameter of Cloudinary ("Transformation reference") and its value. */
const PARAMETER =
  '(?:a[cfr]?|b[or]?|c[os]?|d[lnpu]?r?|eo?|f[lnp]?s?|g|h|if|ki|[lopqrtuwxyz]|pg|s[op]|v[cs]|\\$[a-zA-Z0-9]+)_[^,/]+';

/** Segments of parameters in front of the file's path, and the version that ends them. */
const TRANSFORMATION = `((?:/${PARAMETER}(?:,${PARAMETER})*(?=/))*(?:/v\\d+(?=/))?)`;

/** imgix, "Rendering API", as far as ImageKit translates it. */
const IMGIX_ITEMS = '^(w|h|ar|crop|fit|fm|q|orient|fill-color|bg|dpr|sharp|con|usm|usmrad|blur|trim)=';

const NOTHING_OF_THE_PATH = '^()()';
const NO_ITEM = '^$a';

/** How such URLs are found, by the edge and the transformer alike. */
export function rewriterSettings(rewriter: UrlRewriter): RewriterSettings {
  switch (rewriter.type) {
    case 'CLOUDINARY': {
      const delivery = rewriter.preserveAssetDeliveryTypes ? `((?:${DELIVERY})?)` : `()(?:${DELIVERY})?`;
      return { product: rewriter.type, segments: `^${delivery}${SIGNATURE}${TRANSFORMATION}`, items: NO_ITEM };
    }
    case 'IMGIX':
      return { product: rewriter.type, segments: NOTHING_OF_THE_PATH, items: IMGIX_ITEMS };
    case 'AKAMAI':
      return { product: rewriter.type, segments: NOTHING_OF_THE_PATH, items: '^im(width|height)=' };
  }
}
