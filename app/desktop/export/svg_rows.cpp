// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/export/svg_rows.h"

#include <QStringList>
#include <QXmlStreamWriter>
#include <map>
#include <numbers>
#include <set>
#include <utility>

#include "app/desktop/export/jpeg_rows.h"
#include "viewer/canvas/lines/annotation_lines.h"
#include "viewer/foundation/pixel.h"

namespace geneglass {
namespace {

QString svgNumber(double pixels) {
  return QString::number(pixels, 'f', 2);
}

QString placeText(const Viewport& view, Point place) {
  const Point at = view.toScreen(place);
  return svgNumber(at.x) + QLatin1Char(' ') + svgNumber(at.y);
}

QString lineText(const Viewport& view, const std::vector<Point>& points, bool closed) {
  QStringList places;
  for (const Point point : points) places << placeText(view, point);
  return places.isEmpty() ? QString()
                          : QLatin1Char('M') + places.join(QStringLiteral(" L")) +
                                (closed ? QStringLiteral(" Z") : QString());
}

/// Two halves, each an arc of its own, since one whole arc has no length.
QString ellipseText(const Viewport& view, const Ellipse& ellipse) {
  const double turn = (ellipse.rotation + view.rotation) * (view.isMirrored ? -1 : 1);
  const Point axis{std::cos(ellipse.rotation) * ellipse.radiusX,
                   std::sin(ellipse.rotation) * ellipse.radiusX};
  const QString arc =
      QStringLiteral(" A%1 %2 %3 0 1 ")
          .arg(svgNumber(ellipse.radiusX / view.downsample), svgNumber(ellipse.radiusY / view.downsample),
               svgNumber(turn * 180 / std::numbers::pi));
  const Point& centre = ellipse.centre;
  const QString first = placeText(view, {centre.x + axis.x, centre.y + axis.y});
  const QString second = placeText(view, {centre.x - axis.x, centre.y - axis.y});
  return QLatin1Char('M') + first + arc + second + arc + first + QStringLiteral(" Z");
}

QString colourText(uint32_t colour) {
  return QStringLiteral("#%1").arg(colour & 0xffffffu, 6, 16, QLatin1Char('0'));
}

QString titleText(const Annotation& annotation) {
  QStringList words;
  for (const std::string& word : {annotation.className, annotation.name, annotation.notes})
    if (!word.empty()) words << QString::fromStdString(word);
  return words.join(QStringLiteral(": "));
}

/// The annotation's own id where XML takes it, each once.
QString xmlId(const std::string& id, std::set<QString>& taken) {
  QString clean = QStringLiteral("a-");
  for (const QChar letter : QString::fromStdString(id))
    clean += (letter.unicode() < 128 && letter.isLetterOrNumber()) || letter == u'-' || letter == u'.'
                 ? letter
                 : u'_';
  QString unique = clean;
  for (int number = 2; !taken.insert(unique).second; ++number)
    unique = QStringLiteral("%1-%2").arg(clean).arg(number);
  return unique;
}

class SvgAnnotations final {
 public:
  SvgAnnotations(QXmlStreamWriter& xml, const DrawnAnnotations& drawn) : m_xml(xml), m_drawn(drawn) {}

  void write() {
    std::map<std::string, std::vector<AnnotationPtr>> classes;
    for (const AnnotationPtr& annotation : m_drawn.set->within(m_drawn.view.visible()))
      classes[annotation->className].push_back(annotation);
    for (const auto& [name, members] : classes) writeClass(name, members);
  }

 private:
  void writeClass(const std::string& name, const std::vector<AnnotationPtr>& members) {
    Annotation plain;
    plain.className = name;
    const uint32_t colour = m_drawn.set->colourOf(plain);
    m_xml.writeStartElement(QStringLiteral("g"));
    m_xml.writeAttribute(QStringLiteral("id"), xmlId(name.empty() ? "unclassified" : name, m_ids));
    m_xml.writeAttribute(QStringLiteral("data-class"), QString::fromStdString(name));
    m_xml.writeAttribute(QStringLiteral("fill"), QStringLiteral("none"));
    m_xml.writeAttribute(QStringLiteral("stroke"), colourText(colour));
    m_xml.writeAttribute(QStringLiteral("stroke-width"), svgNumber(kLineWidth * m_drawn.lineScale));
    m_xml.writeAttribute(QStringLiteral("stroke-linecap"), QStringLiteral("round"));
    m_xml.writeAttribute(QStringLiteral("stroke-linejoin"), QStringLiteral("round"));
    for (const AnnotationPtr& annotation : members) writeOne(*annotation, colour);
    m_xml.writeEndElement();
  }

  void writeOne(const Annotation& annotation, uint32_t classColour) {
    m_xml.writeStartElement(QStringLiteral("path"));
    m_xml.writeAttribute(QStringLiteral("id"), xmlId(annotation.id, m_ids));
    if (const uint32_t colour = m_drawn.set->colourOf(annotation); colour != classColour)
      m_xml.writeAttribute(QStringLiteral("stroke"), colourText(colour));
    if (std::holds_alternative<Places>(annotation.shape))
      m_xml.writeAttribute(QStringLiteral("stroke-width"), svgNumber(kPlaceWidth * m_drawn.lineScale));
    m_xml.writeAttribute(QStringLiteral("d"), pathOf(annotation.shape, m_drawn.view));
    if (const QString title = titleText(annotation); !title.isEmpty())
      m_xml.writeTextElement(QStringLiteral("title"), title);
    m_xml.writeEndElement();
  }

  QXmlStreamWriter& m_xml;
  const DrawnAnnotations& m_drawn;
  std::set<QString> m_ids;
};

}  // namespace

QString pathOf(const Shape& shape, const Viewport& view) {
  if (const auto* ellipse = std::get_if<Ellipse>(&shape)) return ellipseText(view, *ellipse);
  QStringList lines;
  if (const auto* places = std::get_if<Places>(&shape))
    for (const Point place : places->points)
      lines << QLatin1Char('M') + placeText(view, place) + QStringLiteral(" h0");
  for (const ShapeOutline& line : outlinesOf(shape)) lines << lineText(view, line.points, line.closed);
  return lines.join(QLatin1Char(' '));
}

SvgRows::SvgRows(TakeBytes take, const PictureFacts& facts, DrawnAnnotations annotations)
    : m_take(std::move(take)), m_facts(facts), m_annotations(std::move(annotations)) {
  const auto keep = [this](const void* bytes, size_t count) {
    m_picture.append(static_cast<const char*>(bytes), static_cast<qsizetype>(count));
  };
  m_rows = std::make_unique<JpegRows>(keep, facts);
}

SvgRows::~SvgRows() = default;

void SvgRows::append(const QImage& rows) {
  m_rows->append(rows);
}

void SvgRows::finish() {
  m_rows->finish();
  QByteArray text;
  QXmlStreamWriter xml(&text);
  const auto attribute = [&](const char* name, const QString& value) {
    xml.writeAttribute(QLatin1String(name), value);
  };
  const QString width = QString::number(m_facts.size.width), height = QString::number(m_facts.size.height);
  xml.writeStartDocument();
  xml.writeStartElement(QStringLiteral("svg"));
  xml.writeDefaultNamespace(QStringLiteral("http://www.w3.org/2000/svg"));
  xml.writeNamespace(QStringLiteral("http://www.w3.org/1999/xlink"), QStringLiteral("xlink"));
  attribute("width", width);
  attribute("height", height);
  attribute("viewBox", QStringLiteral("0 0 %1 %2").arg(width, height));
  xml.writeTextElement(QStringLiteral("desc"), QString::fromStdString(describedLines(m_facts)));
  xml.writeStartElement(QStringLiteral("image"));
  attribute("width", width);
  attribute("height", height);
  xml.writeAttribute(QStringLiteral("http://www.w3.org/1999/xlink"), QStringLiteral("href"),
                     QStringLiteral("data:image/jpeg;base64,") + QString::fromLatin1(m_picture.toBase64()));
  m_picture.clear();
  xml.writeEndElement();
  if (m_annotations.set) SvgAnnotations(xml, m_annotations).write();
  xml.writeEndDocument();
  m_take(text.constData(), static_cast<size_t>(text.size()));
}

}  // namespace geneglass
