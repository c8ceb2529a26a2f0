/** File of the child process that renders (`lambda/handlers/render-child.ts`), beside each function that starts it. */
export const RENDER_CHILD_FILE = 'render-child.cjs';

/** Environment variable of the child: the folder where it keeps the fonts that it is sent. */
export const FONTS_FOLDER_VARIABLE = 'RENDER_FONTS_FOLDER';
