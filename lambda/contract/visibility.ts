/** Who gets a new file by its plain URL, unless its upload says so: everybody, or nobody without a signature. */
export const VISIBILITIES = ['public', 'private'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

export const isVisibility = (value: unknown): value is Visibility => VISIBILITIES.some((one) => one === value);
