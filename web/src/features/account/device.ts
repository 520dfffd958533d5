/** What a browser says of itself, for people: which browser, on which system. */
export interface Device {
  readonly browser: string;
  readonly system: string;
}

const browsers: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger\/(\d+)/, '微信 WeChat'],
  [/DingTalk\/(\d+)/, '钉钉 DingTalk'],
  [/QQBrowser\/(\d+)/, 'QQ'],
  [/\b360(?:SE|EE)\b/, '360'],
  [/Edg(?:e|A|iOS)?\/(\d+)/, 'Edge'],
  [/(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/(?:Chrome|CriOS)\/(\d+)/, 'Chrome'],
  [/Version\/(\d+)[\d.]* .*Safari/, 'Safari'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];

/** Reads a browser's `User-Agent`; nothing where it says nothing known. */
export function deviceOf(agent: string): Device | null {
  const system = systems.find(([pattern]) => pattern.test(agent))?.[1];
  for (const [pattern, name] of browsers) {
    const found = pattern.exec(agent);
    if (found && system) return { browser: found[1] ? `${name} ${found[1]}` : name, system };
  }
  return null;
}
