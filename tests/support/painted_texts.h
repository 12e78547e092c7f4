// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainter>
#include <QRectF>
#include <QString>
#include <QStringList>
#include <functional>
#include <vector>

namespace geneglass::testing {

/// A text that was painted, a line of a wrapped one each; its box is in pixels.
struct PaintedText {
  QString text;
  QRectF box;
};

/// Keeps texts, draws nothing.
class TextEngine final : public QPaintEngine {
 public:
  TextEngine() : QPaintEngine(AllFeatures) {}
  bool begin(QPaintDevice*) override { return true; }
  bool end() override { return true; }
  Type type() const override { return User; }
  void updateState(const QPaintEngineState&) override {}
  void drawPixmap(const QRectF&, const QPixmap&, const QRectF&) override {}
  void drawImage(const QRectF&, const QImage&, const QRectF&, Qt::ImageConversionFlags) override {}
  void drawPath(const QPainterPath&) override {}
  void drawPolygon(const QPointF*, int, PolygonDrawMode) override {}
  void drawPolygon(const QPoint*, int, PolygonDrawMode) override {}
  void drawLines(const QLineF*, int) override {}
  void drawLines(const QLine*, int) override {}
  void drawRects(const QRectF*, int) override {}
  void drawRects(const QRect*, int) override {}
  void drawTextItem(const QPointF& at, const QTextItem& item) override {
    texts.push_back(
        {item.text(), {at.x(), at.y() - item.ascent(), item.width(), item.ascent() + item.descent()}});
  }
  std::vector<PaintedText> texts;
};

class TextDevice final : public QPaintDevice {
 public:
  explicit TextDevice(QSize size) : m_size(size) {}
  QPaintEngine* paintEngine() const override { return &m_engine; }
  const std::vector<PaintedText>& texts() const { return m_engine.texts; }

 protected:
  int metric(PaintDeviceMetric which) const override {
    constexpr int kDpi = 96;
    switch (which) {
      case PdmWidth:
        return m_size.width();
      case PdmHeight:
        return m_size.height();
      case PdmDevicePixelRatio:
      case PdmNumColors:
        return 1;
      case PdmDevicePixelRatioScaled:
        return int(devicePixelRatioFScale());
      case PdmDepth:
        return 32;
      default:
        return kDpi;
    }
  }

 private:
  QSize m_size;
  mutable TextEngine m_engine;
};

/// What `paint` writes on a picture of a size.
inline std::vector<PaintedText> paintedTexts(QSize size, const std::function<void(QPainter&)>& paint) {
  TextDevice device(size);
  {
    QPainter painter(&device);
    paint(painter);
  }
  return device.texts();
}

/// All of it, with a space between two lines.
inline QString joined(const std::vector<PaintedText>& texts) {
  QStringList lines;
  for (const PaintedText& each : texts) lines << each.text.trimmed();
  return lines.join(QLatin1Char(' '));
}

}  // namespace geneglass::testing
