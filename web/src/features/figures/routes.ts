import type { RouteObject } from 'react-router';

/** A figure beside the page that it was opened from. */
export const panel: RouteObject = { path: ':subject/:metric', lazy: () => import('./FigurePanel.tsx') };

/** A figure on a page of its own, and all figures of a subject. */
export const routes: RouteObject[] = [{ path: 'figures/:subject/:metric', lazy: () => import('./FigurePage.tsx') }];
