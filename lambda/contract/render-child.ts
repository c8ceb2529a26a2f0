/** File of the child process that renders (`lambda/handlers/render-child.ts`), beside each function that starts it. */
export const RENDER_CHILD_FILE = 'render-child.cjs';
