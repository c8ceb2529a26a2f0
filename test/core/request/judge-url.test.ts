import { describe, expect, it } from 'vitest';
import { judgeUrl } from '../../../lambda/core/request/judge-url.ts';
import { rewriterSettings } from '../../../lambda/core/rewriters/url-rewriter.ts';
import { BUILT_IN_NAMES } from '../../../lambda/core/settings/named-transformations/built-in-names.ts';
import { edgeKey, hmacSha1 } from './signed-urls.ts';

const NOW = 1_700_000_000;
const SETTINGS: Record<string, string> = {
  'prefix:moved': 'moved',
  'host:shop.example.com': 'shop',
  'prefix:shop': 'shop',
  'prefix:cards': 'cards',
  'prefix:news': 'news',
  'prefix:closed': 'closed',
  'prefix:lost': 'lost',
  'endpoint:default': '{"paused":false}',
  'endpoint:shop': '{"paused":false,"signed":true}',
  'endpoint:news': '{"paused":false}',
  'endpoint:cards': '{"paused":false,"named":true}',
  'endpoint:moved': JSON.stringify({
    paused: false,
    named: true,
    rewriter: rewriterSettings({ type: 'CLOUDINARY', preserveAssetDeliveryTypes: false }),
  }),
  'endpoint:closed': '{"paused":true}',
  keys: JSON.stringify([edgeKey('dummy-key')]),
};

async function judge(path: string, query = '', host = 'media.example.com', settings = SETTINGS) {
  return judgeUrl(async (key) => settings[key], { host, path, query }, NOW, hmacSha1);
}

async function refusalOf(path: string, query = '', host = '', settings = SETTINGS) {
  return (await judge(path, query, host, settings)).refusal;
}

const sign = (text: string) => `ik-s=${hmacSha1('dummy-key', `${text}9999999999`)}`;

/** What a watermark that a name puts on could be walked around by. */
const FREE_FORMS = [
  '',
  'v=2',
  'ik-attachment=true',
  'ik-obj-version=1',
  'tr=',
  'tr=w-10',
  'tr=n-card,w-10',
  'tr=n-card:w-10',
  'tr=w-10:n-card',
  'tr=orig-true',
  'tr=orig',
  'tr=n-card,orig-true',
  'tr=n-card:orig-true',
  'tr=n-card:cm-extract,w-10,h-10',
  'tr=l-image,i-a.jpg,l-end',
  'tr=if-w_gt_1,n-card,if-else,w-10,if-end',
  'tr=f-jpg',
  'tr=N-card',
  'tr=%20n-card',
];

describe('an endpoint', () => {
  it.each([
    ['/a.jpg', 'media.example.com', 'default', '/a.jpg'],
    ['/news/a.jpg', 'media.example.com', 'news', '/a.jpg'],
    ['/news//a.jpg', 'media.example.com', 'news', '/a.jpg'],
    ['/news', 'media.example.com', 'news', '/'],
    ['/newsx/a.jpg', 'media.example.com', 'default', '/newsx/a.jpg'],
    ['//news/a.jpg', 'media.example.com', 'default', '/news/a.jpg'],
    ['/News/a.jpg', 'media.example.com', 'default', '/News/a.jpg'],
    ['/n%65ws/a.jpg', 'media.example.com', 'default', '/news/a.jpg'],
  ])('of %s on %s is %s', async (path, host, endpoint, assetPath) => {
    expect(await judge(path, '', host)).toMatchObject({ endpoint, access: 'open', url: { assetPath } });
  });

  it('of a host of its own has no prefix in its URLs', async () => {
    const answer = await judge('/cards/a.jpg', sign('cards/a.jpg'), 'Shop.example.com:4000');

    expect(answer).toMatchObject({ endpoint: 'shop', access: 'signed', url: { assetPath: '/cards/a.jpg' } });
  });

  it('that wants signatures refuses a URL without one, whatever it asks for', async () => {
    expect(await refusalOf('/shop/a.jpg')).toBe(401);
    expect(await refusalOf('/shop/a.jpg', 'tr=n-card')).toBe(401);
    expect(await refusalOf('/shop/a.jpg', sign('a.jpg'))).toBeUndefined();
  });

  it('that wants names lets other transformations and originals through with a signature only', async () => {
    for (const query of ['tr=n-card', 'tr=n-card:n-frame', 'tr=n-card&v=2', 'tr=n-card_ik_2']) {
      expect(await refusalOf('/cards/a.jpg', query), query).toBeUndefined();
    }
    for (const query of FREE_FORMS) {
      expect(await refusalOf('/cards/a.jpg', query), query).toBe(401);
      expect(await refusalOf('/cards/a.jpg', `${query}&${sign(query ? `a.jpg?${query}` : 'a.jpg')}`)).toBeUndefined();
    }
    for (const path of [
      'a.jpg',
      'tr:/a.jpg',
      'tr:w-10/a.jpg',
      'tr:n-card:w-10/a.jpg',
      'tr%3Aw-10/a.jpg',
      'ik-seo/a/b.jpg',
    ]) {
      expect(await refusalOf(`/cards/${path}`), path).toBe(401);
    }
  });

  it('that wants names takes no name for the owner’s that every account has', async () => {
    for (const name of BUILT_IN_NAMES) {
      expect(await refusalOf('/cards/a.jpg', `tr=${name}`), name).toBe(401);
      expect(await refusalOf('/cards/a.jpg', `tr=n-card:${name}`), name).toBe(401);
      expect(await refusalOf('/a.jpg', `tr=${name}`), name).toBeUndefined();
    }
  });

  it('that wants names knows them in Cloudinary’s words, and nothing else', async () => {
    for (const path of ['t_card/a.jpg', 'image/upload/t_card/t_frame/v12/a.jpg', 't_card/tr:n-frame/a.jpg']) {
      expect(await refusalOf(`/moved/${path}`), path).toBeUndefined();
    }
    const freeForms = [
      'a.jpg',
      'v12/a.jpg',
      'w_10/a.jpg',
      't_card,w_10/a.jpg',
      't_card/w_10/a.jpg',
      't_card%2Cw_10/a.jpg',
    ];
    const insideOurs = ['tr:%2Ft_card/a.jpg', 'tr:t_card/a.jpg', 't_card/tr:w-10/a.jpg', 't_card/tr:orig-true/a.jpg'];
    for (const path of [
      ...freeForms,
      ...insideOurs,
      't_ik_ml_thumbnail/a.jpg',
      't_card/t_media_library_thumbnail/a.jpg',
    ]) {
      expect(await refusalOf(`/moved/${path}`), path).toBe(401);
    }
  });

  it('delivers nothing when it is paused or has lost its settings', async () => {
    expect(await refusalOf('/closed/a.jpg')).toBe(503);
    expect(await refusalOf('/lost/a.jpg')).toBe(503);
    expect(await refusalOf('/a.jpg', '', '', {})).toBe(503);
  });
});

describe('a signature', () => {
  it('is made below the prefix, or with the prefix below the account', async () => {
    expect(await refusalOf('/cards/a.jpg', sign('a.jpg'))).toBeUndefined();
    expect(await refusalOf('/cards/a.jpg', sign('cards/a.jpg'))).toBeUndefined();
    expect(await refusalOf('/cards/a.jpg', sign('/a.jpg'))).toBe(401);
    expect(await refusalOf('/a.jpg', sign('cards/a.jpg'))).toBe(401);
  });

  it('is refused when there are no keys', async () => {
    const { keys: _, ...without } = SETTINGS;

    expect(await refusalOf('/a.jpg', sign('a.jpg'), '', without)).toBe(401);
    expect(await refusalOf('/a.jpg', sign('a.jpg'), '', { ...SETTINGS, keys: '[]' })).toBe(401);
  });

  it('does not change what is asked for', async () => {
    const unsigned = await judge('/a.jpg', 'tr=w-1');
    const signed = await judge('/a.jpg', `tr=w-1&${sign('a.jpg?tr=w-1')}`);

    expect({ ...signed, access: 'open', key: '' }).toEqual(unsigned);
    expect(signed).toMatchObject({ access: 'signed', key: 'k1' });
  });
});
