import { dictionary } from '../../shared/i18n/dictionary';

export const texts = dictionary(
  { greeting: (name: string) => `${name}，您好`, lead: '从左侧菜单开始今天的工作。' },
  { greeting: (name) => `Welcome, ${name}`, lead: 'Begin with the menu on the left.' },
);
