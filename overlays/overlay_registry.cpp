// SPDX-License-Identifier: GPL-3.0-or-later
#include "overlays/overlay_registry.h"

#include <fmt/format.h>

#include <QCoreApplication>
#include <QDir>
#include <QJsonObject>
#include <QLibrary>
#include <QLoggingCategory>
#include <QPluginLoader>
#include <algorithm>
#include <set>

namespace geneglass {
namespace {

/// Keeps what a plugin throws away from its callers; silent after the first report.
class GuardedOverlay final : public Overlay {
 public:
  GuardedOverlay(QString name, std::unique_ptr<Overlay> overlay)
      : m_name(std::move(name)), m_overlay(std::move(overlay)) {}

  std::shared_ptr<const Heatmap> heatmap() const override {
    return guarded([&] { return m_overlay->heatmap(); });
  }
  HeatmapStyle defaultStyle() const override {
    return guarded([&] { return m_overlay->defaultStyle(); });
  }
  void paint(QPainter& painter, const Viewport& viewport) const override {
    painter.save();
    guarded([&] {
      m_overlay->paint(painter, viewport);
      return true;
    });
    painter.restore();
  }
  QString textAt(Point slide) const override {
    return guarded([&] { return m_overlay->textAt(slide); });
  }

 private:
  template <typename Call>
  std::invoke_result_t<Call> guarded(Call call) const {
    if (m_failed) return {};
    try {
      return call();
    } catch (const std::exception& exception) {
      qWarning("The overlay '%s' failed and is blank from now on: %s.", qUtf8Printable(m_name),
               exception.what());
    } catch (...) {
      qWarning("The overlay '%s' failed and is blank from now on.", qUtf8Printable(m_name));
    }
    m_failed = true;
    return {};
  }

  QString m_name;
  std::unique_ptr<Overlay> m_overlay;
  mutable bool m_failed = false;
};

QString sentence(const OverlayEntry& entry, const QString& reason) {
  return QStringLiteral("'%1' %2.").arg(QString::fromStdString(entry.file.filename().string()), reason);
}

/// Fills the entry from the metadata; none of the file's code runs. False with a refusal where it does not
/// fit.
bool readMetadata(OverlayEntry& entry, const QPluginLoader& loader) {
  const QJsonObject outer = loader.metaData();
  const QJsonObject own = outer.value(u"MetaData").toObject();
  const QString identifier = outer.value(u"IID").toString();
  const QString wanted = QStringLiteral(GENEGLASS_OVERLAY_INTERFACE);
  entry.identifier = own.value(u"identifier").toString();
  entry.name = own.value(u"name").toString();
  entry.order = own.value(u"order").toInt();
  entry.onAtStart = own.value(u"on").toBool();
  if (identifier.isEmpty()) {
    entry.refusal = sentence(entry, QStringLiteral("is not a plugin"));
  } else if (!identifier.startsWith(wanted.section(u'/', 0, 0) + u'/')) {
    entry.refusal = sentence(entry, QStringLiteral("is a plugin for %1, not an overlay").arg(identifier));
  } else if (identifier != wanted) {
    entry.refusal = sentence(
        entry,
        QStringLiteral("was built for overlay interface %1; this program has %2").arg(identifier, wanted));
  } else {
    for (const QString& key : {QStringLiteral("identifier"), QStringLiteral("name"), QStringLiteral("order"),
                               QStringLiteral("on"), QStringLiteral("version")})
      if (!own.contains(key)) {
        entry.refusal = sentence(entry, QStringLiteral("does not say its %1 in its metadata").arg(key));
        break;
      }
  }
  return entry.refusal.isEmpty();
}

void loadCode(OverlayEntry& entry, QPluginLoader& loader) {
  loader.setLoadHints(QLibrary::ResolveAllSymbolsHint | QLibrary::PreventUnloadHint);
  QObject* root = loader.instance();
  entry.plugin = qobject_cast<OverlayPlugin*>(root);
  if (!root)
    entry.refusal = sentence(entry, QStringLiteral("could not be loaded: ") + loader.errorString());
  else if (!entry.plugin)
    entry.refusal = sentence(entry, QStringLiteral("holds no overlay although its metadata says so"));
}

std::vector<std::filesystem::path> libraries(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code ignored;
  for (const auto& item : std::filesystem::directory_iterator(folder, ignored))
    if (QLibrary::isLibrary(QString::fromStdString(item.path().string()))) files.push_back(item.path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::vector<OverlayEntry> loadOverlays(const std::filesystem::path& folder) {
  std::vector<OverlayEntry> entries;
  std::set<QString> loaded;
  for (const std::filesystem::path& file : libraries(folder)) {
    OverlayEntry entry;
    entry.file = file;
    QPluginLoader loader(QString::fromStdString(file.string()));
    if (readMetadata(entry, loader)) {
      if (loaded.contains(entry.identifier))
        entry.refusal = sentence(
            entry,
            QStringLiteral("is left out: another file is the overlay '%1' already").arg(entry.identifier));
      else
        loadCode(entry, loader);
    }
    if (entry.plugin) loaded.insert(entry.identifier);
    if (entry.name.isEmpty()) entry.name = QString::fromStdString(file.filename().string());
    entries.push_back(std::move(entry));
  }
  std::stable_sort(entries.begin(), entries.end(), [](const OverlayEntry& left, const OverlayEntry& right) {
    return std::pair(left.plugin == nullptr, left.order) < std::pair(right.plugin == nullptr, right.order);
  });
  return entries;
}

std::filesystem::path overlayFolder() {
  const QString chosen = qEnvironmentVariable("GENEGLASS_OVERLAYS");
  if (!chosen.isEmpty()) return chosen.toStdString();
  const QDir program(QCoreApplication::applicationDirPath());
  const QString inside = QStringLiteral("geneglass/overlays");
  for (const QString& library :
       {QStringLiteral("../lib/"), QStringLiteral("../" GENEGLASS_LIBRARY_FOLDER "/")})
    if (program.exists(library + inside)) return program.absoluteFilePath(library + inside).toStdString();
  return program.absoluteFilePath(QStringLiteral("../lib/") + inside).toStdString();
}

Result<std::shared_ptr<const Overlay>> makeOverlay(const OverlayEntry& entry, const OverlayScene& scene) {
  if (!entry.plugin) return fail(entry.refusal.toStdString());
  const std::string name = entry.name.toStdString();
  try {
    Result<std::unique_ptr<Overlay>> made = entry.plugin->make(scene);
    if (!made) return tl::unexpected(made.error());
    if (!*made) return fail(fmt::format("The overlay '{}' gave neither a drawing nor a reason.", name));
    return std::make_shared<GuardedOverlay>(entry.name, std::move(*made));
  } catch (const std::exception& exception) {
    return fail(fmt::format("The overlay '{}' failed: {}.", name, exception.what()));
  } catch (...) {
    return fail(fmt::format("The overlay '{}' failed for an unknown reason.", name));
  }
}

}  // namespace geneglass
