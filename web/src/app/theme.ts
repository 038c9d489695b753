import type { ThemeConfig } from 'antd';

/** Colours that carry meaning, dark enough on white for small text (contrast at least 4.5:1). */
export const COLOURS = {
  navy: '#123a6b',
  primary: '#1d5fae',
  ok: '#237804',
  soon: '#8a5a00',
  limited: '#ad4e00',
  stop: '#b3261e',
  pending: '#1d5fae',
  neutral: '#5a6472',
} as const;

const FONTS =
  "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', 'HarmonyOS Sans SC', 'WenQuanYi Micro Hei', system-ui, -apple-system, 'Segoe UI', sans-serif";

/** The look of the product as tokens of antd. Large type grows every measure that follows the font; for whoever wants no motion, there is none. */
export function themeOf(largeType: boolean, still: boolean): ThemeConfig {
  return {
    cssVar: { key: 'chizheng' },
    hashed: false,
    zeroRuntime: true,
    token: {
      motion: !still,
      fontFamily: FONTS,
      fontSize: largeType ? 18 : 14,
      controlHeight: largeType ? 42 : 34,
      lineHeight: 1.6,
      borderRadius: 6,
      colorPrimary: COLOURS.primary,
      // Darker, not lighter: a word under the mouse stays readable.
      colorPrimaryHover: '#174d90',
      colorLink: COLOURS.primary,
      colorLinkHover: '#174d90',
      colorSuccess: COLOURS.ok,
      colorWarning: COLOURS.limited,
      colorError: COLOURS.stop,
      colorInfo: COLOURS.pending,
      colorTextBase: '#1a2430',
      colorTextSecondary: '#4a5564',
      colorTextTertiary: '#5a6472',
      colorTextQuaternary: '#6b7583',
      colorTextPlaceholder: '#667080',
      colorTextDescription: '#5a6472',
      colorBgLayout: '#f2f5f9',
      colorBorderSecondary: '#e3e8ef',
      colorPrimaryBg: '#eaf2fc',
      colorInfoBg: '#eef5fd',
      colorInfoBorder: '#c4dbf5',
      controlItemBgActive: '#eaf2fc',
      wireframe: false,
    },
    components: {
      Table: { headerBg: '#f6f8fb', headerColor: '#3b4656', rowHoverBg: '#f1f6fd', cellPaddingBlock: 11 },
      Menu: { itemBorderRadius: 6, itemMarginInline: 8 },
      Card: { headerFontSize: largeType ? 19 : 15 },
      Descriptions: { labelBg: '#f6f8fb' },
    },
  };
}
