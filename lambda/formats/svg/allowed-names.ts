/**
 * What an SVG may be made of: shapes, text, paint servers, clips, masks, filters and animations of them (SVG 2, SVG 1.1
 * for filters). A list of what is allowed, because the list of what can run or load is never finished: scripts,
 * foreignObject, media, listeners, fonts made of elements and whatever is invented later are not on it.
 */
const names = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** In the namespace of SVG. */
export const ELEMENTS = names(`
  svg g defs symbol use switch a title desc style
  path rect circle ellipse line polyline polygon image
  text tspan textPath
  linearGradient radialGradient stop pattern marker clipPath mask view
  filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
  feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode
  feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
  animate animateMotion animateTransform mpath set
`);

/** Their content is text for people or a style sheet: elements in it are left out. */
export const TEXT_ONLY = names('title desc style');

/** Presentation attributes (SVG 2, "Styling", and the modules of CSS that it names). They can be animated. */
const PRESENTATION = `
  alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation color-interpolation-filters
  color-rendering direction display dominant-baseline fill fill-opacity fill-rule filter flood-color flood-opacity font
  font-family font-feature-settings font-kerning font-size font-size-adjust font-stretch font-style font-variant
  font-weight glyph-orientation-horizontal glyph-orientation-vertical image-rendering isolation kerning letter-spacing
  lighting-color line-height marker marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity overflow
  paint-order pointer-events shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
  stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration
  text-overflow text-rendering transform transform-box transform-origin unicode-bidi vector-effect visibility
  white-space word-spacing writing-mode
`;

/** Numbers and words of geometry, gradients and filters. They can be animated. */
const GEOMETRY = `
  amplitude azimuth baseFrequency bias clipPathUnits cx cy d diffuseConstant divisor dx dy edgeMode elevation exponent
  filterRes filterUnits fr fx fy gradientTransform gradientUnits height in in2 intercept k1 k2 k3 k4 kernelMatrix
  kernelUnitLength lengthAdjust limitingConeAngle markerHeight markerUnits markerWidth maskContentUnits maskUnits
  method mode numOctaves offset operator order orient pathLength patternContentUnits patternTransform patternUnits
  points pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits r radius refX refY result rotate
  rx ry scale seed side slope spacing specularConstant specularExponent spreadMethod startOffset stdDeviation
  stitchTiles surfaceScale tableValues targetX targetY textLength type values viewBox width x x1 x2 xChannelSelector
  y y1 y2 yChannelSelector z zoomAndPan
`;

/** How an animation runs (SMIL). */
const TIMING = `
  accumulate additive attributeName attributeType begin by calcMode dur end fill from keyPoints keySplines keyTimes max
  min path repeatCount repeatDur restart to
`;

const DESCRIPTIVE = `
  id class style lang role version baseProfile requiredExtensions requiredFeatures systemLanguage media title
`;

/** Without a namespace; besides, every `data-*` and `aria-*`. */
export const ATTRIBUTES = names(PRESENTATION + GEOMETRY + TIMING + DESCRIPTIVE);

/** What an animation may change: nothing that loads, names or styles. */
export const ANIMATED = names(`${PRESENTATION}${GEOMETRY}`);

/** Elements whose reference loads nothing when it is within the file, by what else it may be. */
export const REFERENCES: Readonly<Record<string, 'within' | 'picture' | 'link'>> = {
  use: 'within',
  textPath: 'within',
  linearGradient: 'within',
  radialGradient: 'within',
  pattern: 'within',
  filter: 'within',
  mpath: 'within',
  animate: 'within',
  animateMotion: 'within',
  animateTransform: 'within',
  set: 'within',
  feImage: 'picture',
  image: 'picture',
  a: 'link',
};
