/** One way to write a media URL, behind the endpoint. */
export interface UrlForm {
  readonly form: string;
  readonly says: string;
  /** Means the very same picture as the first form, from the same entry of every cache. */
  readonly isSame?: true;
}

export const TRANSFORMED_FORMS: readonly UrlForm[] = [
  { form: '/tr:w-300,h-200/folder/photo.jpg', says: 'In the path, right behind the endpoint.', isSame: true },
  { form: '/folder/tr:w-300,h-200/photo.jpg', says: 'Anywhere else in the path.', isSame: true },
  { form: '/folder/photo.jpg?tr=w-300,h-200', says: 'In the query.', isSame: true },
  { form: '/folder/photo.jpg?tr=w-300%2Ch-200', says: 'In the query, escaped as a form does it.', isSame: true },
  { form: '/tr:h-200,w-300/folder/photo.jpg', says: 'The order within a step does not matter.', isSame: true },
  { form: '/tr:w-300,h-200:/folder/photo.jpg', says: 'Empty steps and items are left out.', isSame: true },
  { form: '/tr:w-300,h-200//folder%2Fphoto.jpg', says: 'Doubled and escaped slashes are slashes.', isSame: true },
  {
    form: '/ik-seo/tr:w-300,h-200/folder/photo/any-name.jpg',
    says: 'With a name for search engines: the last segment only names, its extension belongs to the one before.',
    isSame: true,
  },
  {
    form: '/tr:w-300:rt-90/folder/photo.jpg',
    says: 'Steps with a colon between them, carried out from left to right.',
  },
  {
    form: '/tr:w-300/folder/photo.jpg?tr=rt-90',
    says: 'Several transformations are one chain: those of the path first, then those of the query.',
  },
  { form: '/tr:n-thumbnail/folder/photo.jpg', says: 'A [named transformation](endpoints.md).' },
];

export const OTHER_FORMS: readonly UrlForm[] = [
  { form: '/folder/photo.jpg', says: 'The picture at its own size, in the best format that the client accepts.' },
  { form: '/tr:orig-true/folder/photo.jpg', says: 'The file as it was uploaded; `?tr=orig` is the same.' },
  {
    form: '/shop/folder/photo.jpg',
    says: 'Below the prefix of a further [endpoint](endpoints.md), `shop`; an endpoint with a host of its own needs none.',
  },
  {
    form: '/tr:w-300/https://example.com/photo.jpg',
    says: 'A file elsewhere, on an endpoint with a [web proxy](origins.md). With one slash, or escaped, it is the same; only the escaped form can have a query of its own.',
  },
];

/** Query items beside the transformation. */
export const QUERY_ITEMS: readonly UrlForm[] = [
  { form: 'ik-attachment=true', says: 'Offers the picture for download.' },
  { form: 'ik-attachment-filename=name', says: 'Beside it: the name of the download, without extension.' },
  { form: 'ik-obj-version=id', says: 'This version of the file; 404 when there is none.' },
  { form: 'v=2', says: 'A variant of its own, as with `updatedAt`: a fresh copy of what an origin has changed.' },
  {
    form: 'ik-t=1999999999&ik-s=…',
    says: '[Signature](signed-urls.md) and its end. They are never part of the variant.',
  },
  { form: 'ik-sanitizeSvg=true', says: 'Changes nothing: [SVG](svg.md) is always made safe.' },
];
