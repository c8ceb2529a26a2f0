import { randomInt } from 'node:crypto';
import type { AwsAnswer, AwsApi } from '../../aws-api/aws-api.ts';
import { ServiceError } from '../../aws-api/service-error.ts';
import type { Invalidation } from './invalidation.ts';
import { readInvalidationBatch, writeInvalidation } from './invalidation-xml.ts';

/** Empties caches of a distribution. @param items as CreateInvalidation takes them @returns false when there is no such distribution */
export type Invalidate = (distributionId: string, items: readonly string[]) => boolean | Promise<boolean>;

/** Invalidations that GetInvalidation still knows. */
const REMEMBERED = 10_000;

/** Items of one distribution that may be in progress at a time, and those with a wildcard (AWS, "Quotas on invalidations"). */
const ITEMS_IN_PROGRESS = 3000;
const WILDCARDS_IN_PROGRESS = 15;

const PATH = /^\/2020-05-31\/distribution\/([A-Za-z0-9_-]+)\/invalidation(?:\/([A-Za-z0-9]+))?\/?$/;

export interface InvalidationOptions {
  readonly now?: () => Date;
  /** For how long an invalidation is in progress. Caches are empty at once all the same. @default 0 */
  readonly seconds?: number;
}

/** CloudFront's CreateInvalidation and GetInvalidation (API version 2020-05-31). */
export function invalidationApi(invalidate: Invalidate, options: InvalidationOptions = {}): AwsApi {
  const { now = () => new Date(), seconds = 0 } = options;
  const invalidations = new Invalidations(invalidate, seconds * 1000);
  return {
    signingName: 'cloudfront',
    errors: 'xml',
    takes: ({ path }) => path.startsWith('/2020-05-31/'),
    answer: ({ method, path, body }) => invalidations.answer(method, path, body.toString(), now()),
  };
}

class Invalidations {
  readonly #invalidate: Invalidate;
  readonly #milliseconds: number;
  readonly #known = new Map<string, Invalidation>();

  constructor(invalidate: Invalidate, milliseconds: number) {
    this.#invalidate = invalidate;
    this.#milliseconds = milliseconds;
  }

  async answer(method: string, path: string, body: string, now: Date): Promise<AwsAnswer> {
    const [, distributionId, id] = PATH.exec(path) ?? [];
    if (distributionId !== undefined && method === 'POST' && id === undefined) {
      return this.#create(distributionId, body, now);
    }
    if (distributionId !== undefined && method === 'GET' && id !== undefined) return this.#get(distributionId, id, now);
    throw new ServiceError('UnknownOperationException', `${method} ${path} is not known here.`, 404);
  }

  async #create(distributionId: string, body: string, now: Date): Promise<AwsAnswer> {
    const { callerReference, items } = readInvalidationBatch(body);
    const invalidation = this.#repeated(distributionId, callerReference, items) ?? {
      id: `I${randomText(13)}`,
      distributionId,
      callerReference,
      items,
      createdAt: now,
    };
    if (!this.#known.has(invalidation.id)) {
      this.#refuseTooMany(invalidation, now);
      if (!(await this.#invalidate(distributionId, items))) throw noSuchDistribution();
      this.#remember(invalidation);
    }
    const location = `/2020-05-31/distribution/${distributionId}/invalidation/${invalidation.id}`;
    return {
      status: 201,
      contentType: 'text/xml',
      headers: { location },
      body: writeInvalidation(invalidation, 'InProgress'),
    };
  }

  /** A caller that repeats a request, because it got no answer, gets the invalidation of the first one. */
  #repeated(distributionId: string, callerReference: string, items: readonly string[]): Invalidation | undefined {
    for (const known of this.#known.values()) {
      if (known.distributionId !== distributionId || known.callerReference !== callerReference) continue;
      if (known.items.length === items.length && known.items.every((item) => items.includes(item))) return known;
      throw new ServiceError(
        'InvalidationBatchAlreadyExists',
        'Your request contains a caller reference that was used for a previous invalidation batch.',
      );
    }
    return undefined;
  }

  #refuseTooMany({ distributionId, items }: Invalidation, now: Date): void {
    const others = [...this.#known.values()].filter((one) => one.distributionId === distributionId);
    const inProgress = [...others.filter((one) => this.#isInProgress(one, now)).flatMap((one) => one.items), ...items];
    const wildcards = inProgress.filter((item) => item.startsWith('/') && item.endsWith('*')).length;
    if (wildcards <= WILDCARDS_IN_PROGRESS && inProgress.length - wildcards <= ITEMS_IN_PROGRESS) return;
    throw new ServiceError(
      'TooManyInvalidationsInProgress',
      'You have exceeded the maximum number of allowable InProgress invalidation batch requests, or invalidation objects.',
    );
  }

  #isInProgress({ createdAt }: Invalidation, now: Date): boolean {
    const passed = now.getTime() - createdAt.getTime();
    // A clock that was put back does not hold it up.
    return passed >= 0 && passed < this.#milliseconds;
  }

  #get(distributionId: string, id: string, now: Date): AwsAnswer {
    const invalidation = this.#known.get(id);
    if (!invalidation || invalidation.distributionId !== distributionId) {
      throw new ServiceError('NoSuchInvalidation', 'The specified invalidation does not exist.', 404);
    }
    const body = writeInvalidation(invalidation, this.#isInProgress(invalidation, now) ? 'InProgress' : 'Completed');
    return { status: 200, contentType: 'text/xml', body };
  }

  #remember(invalidation: Invalidation): void {
    this.#known.set(invalidation.id, invalidation);
    const [oldest] = this.#known.keys();
    if (this.#known.size > REMEMBERED && oldest !== undefined) this.#known.delete(oldest);
  }
}

function noSuchDistribution(): ServiceError {
  return new ServiceError('NoSuchDistribution', 'The specified distribution does not exist.', 404);
}

function randomText(length: number): string {
  return Array.from({ length }, () => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'[randomInt(36)]).join('');
}
