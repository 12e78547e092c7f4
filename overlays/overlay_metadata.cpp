// SPDX-License-Identifier: GPL-3.0-or-later
#include "overlays/overlay_metadata.h"

#include <QJsonArray>

namespace geneglass {
namespace {

/// Why the interface does not fit; empty where it does.
QString interfaceRefusal(const QString& identifier) {
  const QString wanted = QStringLiteral(GENEGLASS_OVERLAY_INTERFACE);
  if (identifier.isEmpty()) return QStringLiteral("is not a plugin");
  if (!identifier.startsWith(wanted.section(u'/', 0, 0) + u'/'))
    return QStringLiteral("is a plugin for %1, not an overlay").arg(identifier);
  if (identifier != wanted)
    return QStringLiteral("was built for overlay interface %1; this program has %2").arg(identifier, wanted);
  return {};
}

QString missingKey(const QJsonObject& own) {
  for (const char* key : {"identifier", "name", "order", "on", "version", "role", "needs"})
    if (!own.contains(QLatin1String(key)))
      return QStringLiteral("does not say its %1 in its metadata").arg(QLatin1String(key));
  return {};
}

QString readRole(const QJsonObject& own, OverlayRole& role) {
  const QString word = own.value(u"role").toString();
  for (const auto& [name, known] :
       {std::pair("other", OverlayRole::Other), std::pair("map", OverlayRole::Map),
        std::pair("expression", OverlayRole::Expression), std::pair("together", OverlayRole::Together),
        std::pair("evidence", OverlayRole::Evidence), std::pair("spots", OverlayRole::Spots),
        std::pair("scale_bar", OverlayRole::ScaleBar)})
    if (word == QLatin1String(name)) {
      role = known;
      return {};
    }
  return QStringLiteral("has the role '%1', which this program does not know").arg(word);
}

QString readNeeds(const QJsonObject& own, OverlayNeeds& needs) {
  const QJsonArray words = own.value(u"needs").toArray();
  if (words.isEmpty()) return QStringLiteral("does not say its needs in its metadata");
  for (const QJsonValue& value : words) {
    const QString word = value.toString();
    if (word == u"annotations")
      return QStringLiteral("needs 'annotations', which this program does not have yet");
    if (word != u"slide" && word != u"tissue" && word != u"prediction" && word != u"gene" &&
        word != u"spots" && word != u"sharpened" && word != u"together")
      return QStringLiteral("needs '%1', which this program does not know").arg(word);
    needs.tissue |= word == u"tissue";
    needs.spots |= word == u"spots";
    needs.sharpened |= word == u"sharpened";
    needs.together |= word == u"together";
    needs.gene |= word == u"gene";
    needs.prediction |= word == u"prediction" || word == u"gene";
  }
  return {};
}

}  // namespace

bool isMap(OverlayRole role) {
  return role == OverlayRole::Map || role == OverlayRole::Expression || role == OverlayRole::Together ||
         role == OverlayRole::Evidence;
}

OverlayScene partsOf(const OverlayScene& scene, const OverlayNeeds& needs) {
  OverlayScene parts;
  parts.slide = scene.slide;
  if (needs.tissue) parts.tissue = scene.tissue;
  if (needs.prediction) parts.prediction = scene.prediction;
  if (needs.gene) parts.gene = scene.gene;
  if (needs.spots) parts.spots = scene.spots;
  if (needs.sharpened) parts.sharpened = scene.sharpened;
  if (needs.together) parts.together = scene.together;
  return parts;
}

OverlayMetadata readOverlayMetadata(const QJsonObject& outer) {
  const QJsonObject own = outer.value(u"MetaData").toObject();
  OverlayMetadata read;
  read.identifier = own.value(u"identifier").toString();
  read.name = own.value(u"name").toString();
  read.version = own.value(u"version").toString();
  read.order = own.value(u"order").toInt();
  read.onAtStart = own.value(u"on").toBool();
  read.refusal = interfaceRefusal(outer.value(u"IID").toString());
  if (read.refusal.isEmpty()) read.refusal = missingKey(own);
  if (read.refusal.isEmpty()) read.refusal = readRole(own, read.role);
  if (read.refusal.isEmpty()) read.refusal = readNeeds(own, read.needs);
  return read;
}

}  // namespace geneglass
