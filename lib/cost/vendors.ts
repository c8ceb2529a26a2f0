import { type PriceTier, tieredCost } from './prices.ts';
import type { Traffic } from './traffic.ts';

const GIGABYTE = 1e9;

/** A public price of a service that does what Vitrine does. */
interface Vendor {
  readonly name: string;
  /** Where it was read, and when. */
  readonly source: string;
  /** Dollars of a month. Agreements with large customers are not public, so they are left out. */
  readonly dollars: (traffic: Traffic) => number;
}

/** GB that ImageKit's fee has in it, and what comes after: $9 for each 20 GB. */
const IMAGEKIT_FEE = 49;
const IMAGEKIT_GIGABYTES = 40;
const IMAGEKIT_STEP = { gigabytes: 20, dollars: 9 };

/** imgix: a credit for a GB delivered, two for a GB kept, one for 500 renders; 3,570 credits for $500 in the largest bundle. */
const IMGIX_BUNDLES: readonly PriceTier[] = [{ upTo: 100, dollars: 25 / 100 }, { dollars: 500 / 3570 }];
const IMGIX_RENDERS_OF_CREDIT = 500;

const sentGigabytes = ({ requests, answerBytes }: Traffic): number => (requests * answerBytes) / GIGABYTE;

export const VENDORS: readonly Vendor[] = [
  {
    name: 'ImageKit',
    source:
      'help.imagekit.io, "How does ImageKit calculate the bandwidth consumption for billing purposes", a stored copy',
    dollars: (traffic) => {
      const over = Math.max(0, sentGigabytes(traffic) - IMAGEKIT_GIGABYTES);
      return IMAGEKIT_FEE + Math.ceil(over / IMAGEKIT_STEP.gigabytes) * IMAGEKIT_STEP.dollars;
    },
  },
  {
    name: 'imgix',
    source: 'imgix.com, "Credit usage and value", and its list of bundles, stored copies of 2026',
    dollars: (traffic) => {
      const kept = (traffic.variants * traffic.answerBytes) / GIGABYTE;
      const credits = sentGigabytes(traffic) + 2 * kept + traffic.renders / IMGIX_RENDERS_OF_CREDIT;
      return tieredCost(Math.max(credits, 100), IMGIX_BUNDLES);
    },
  },
];
