import { createBrowserRouter, type RouteObject } from 'react-router';
import { routes as account } from '@/features/account/routes.ts';
import { routes as audit } from '@/features/audit/routes.ts';
import { routes as classes } from '@/features/classes/routes.ts';
import { panel as figurePanel, routes as figures } from '@/features/figures/routes.ts';
import { routes as imports } from '@/features/imports/routes.ts';
import { routes as organisations } from '@/features/organisations/routes.ts';
import { overview } from '@/features/overview/routes.ts';
import { routes as people } from '@/features/people/routes.ts';
import { routes as schools } from '@/features/schools/routes.ts';
import { routes as sessions } from '@/features/sessions/routes.ts';
import { routes as signin } from '@/features/signin/routes.ts';
import { routes as standard } from '@/features/standard/routes.ts';
import { routes as studios } from '@/features/studios/routes.ts';
import { routes as tasks } from '@/features/tasks/routes.ts';
import { routes as today } from '@/features/today/routes.ts';
import { Broken } from './Broken.tsx';
import { Gate, Home } from './Gate.tsx';

/** Every page, loaded when it is opened. A figure opens beside the overview, and on a page of its own. */
const pages: RouteObject[] = [
  { index: true, Component: Home },
  { ...overview, children: [figurePanel] },
  ...account,
  ...audit,
  ...classes,
  ...figures,
  ...imports,
  ...organisations,
  ...people,
  ...schools,
  ...sessions,
  ...standard,
  ...studios,
  ...tasks,
  ...today,
  { path: '*', lazy: () => import('./NotFound.tsx') },
];

export const router = createBrowserRouter([
  {
    ErrorBoundary: Broken,
    HydrateFallback: () => null,
    children: [...signin, { Component: Gate, children: [{ ErrorBoundary: Broken, children: pages }] }],
  },
]);
