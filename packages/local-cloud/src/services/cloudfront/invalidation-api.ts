import { randomInt } from 'node:crypto';
import type { AwsAnswer, AwsApi } from '../../aws-api/aws-api.ts';
import { ServiceError } from '../../aws-api/service-error.ts';
import type { Invalidation } from './invalidation.ts';
import { readInvalidationBatch, writeInvalidation } from './invalidation-xml.ts';

/** Empties caches of a distribution. @returns false when there is no such distribution */
export type Invalidate = (distributionId: string, paths: readonly string[]) => boolean | Promise<boolean>;

/** Invalidations that GetInvalidation still knows. */
const REMEMBERED = 1000;

const PATH = /^\/2020-05-31\/distribution\/([A-Za-z0-9_-]+)\/invalidation(?:\/([A-Za-z0-9]+))?\/?$/;

/** CloudFront's CreateInvalidation and GetInvalidation (API version 2020-05-31). */
export function invalidationApi(invalidate: Invalidate, now: () => Date = () => new Date()): AwsApi {
  const invalidations = new Invalidations(invalidate);
  return {
    signingName: 'cloudfront',
    errors: 'xml',
    takes: ({ path }) => path.startsWith('/2020-05-31/'),
    answer: ({ method, path, body }) => invalidations.answer(method, path, body.toString(), now()),
  };
}

class Invalidations {
  readonly #invalidate: Invalidate;
  readonly #known = new Map<string, Invalidation>();

  constructor(invalidate: Invalidate) {
    this.#invalidate = invalidate;
  }

  async answer(method: string, path: string, body: string, now: Date): Promise<AwsAnswer> {
    const [, distributionId, id] = PATH.exec(path) ?? [];
    if (distributionId !== undefined && method === 'POST' && id === undefined) {
      return this.#create(distributionId, body, now);
    }
    if (distributionId !== undefined && method === 'GET' && id !== undefined) return this.#get(distributionId, id);
    throw new ServiceError('UnknownOperationException', `${method} ${path} is not known here.`, 404);
  }

  async #create(distributionId: string, body: string, now: Date): Promise<AwsAnswer> {
    const { callerReference, paths } = readInvalidationBatch(body);
    const invalidation = this.#repeated(distributionId, callerReference, paths) ?? {
      id: `I${randomText(13)}`,
      distributionId,
      callerReference,
      paths,
      createdAt: now,
    };
    if (!this.#known.has(invalidation.id)) {
      if (!(await this.#invalidate(distributionId, paths))) throw noSuchDistribution();
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
  #repeated(distributionId: string, callerReference: string, paths: readonly string[]): Invalidation | undefined {
    for (const known of this.#known.values()) {
      if (known.distributionId !== distributionId || known.callerReference !== callerReference) continue;
      if (known.paths.length === paths.length && known.paths.every((path) => paths.includes(path))) return known;
      throw new ServiceError(
        'InvalidationBatchAlreadyExists',
        'Your request contains a caller reference that was used for a previous invalidation batch.',
      );
    }
    return undefined;
  }

  #get(distributionId: string, id: string): AwsAnswer {
    const invalidation = this.#known.get(id);
    if (!invalidation || invalidation.distributionId !== distributionId) {
      throw new ServiceError('NoSuchInvalidation', 'The specified invalidation does not exist.', 404);
    }
    return { status: 200, contentType: 'text/xml', body: writeInvalidation(invalidation, 'Completed') };
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
