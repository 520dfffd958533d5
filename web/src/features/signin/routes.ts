import type { RouteObject } from 'react-router';

export const routes: RouteObject[] = [
  { path: 'signin', lazy: () => import('./SignIn.tsx') },
  { path: 'signin/password', lazy: () => import('./FirstPassword.tsx') },
];
