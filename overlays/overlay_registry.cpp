// SPDX-License-Identifier: GPL-3.0-or-later
#include "overlays/overlay_registry.h"

#include <fmt/format.h>

#include <QCoreApplication>
#include <QDir>
#include <QLibrary>
#include <QLoggingCategory>
#include <QPluginLoader>
#include <QStandardPaths>
#include <algorithm>
#include <set>
#include <type_traits>

#include "viewer/foundation/exception_reason.h"

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
  OverlayKey key() const override {
    return guarded([&] { return m_overlay->key(); });
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
               reasonOf(exception).c_str());
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
  const QString version =
      entry.version.isEmpty() ? QString() : QStringLiteral(" (version %1)").arg(entry.version);
  return QStringLiteral("'%1'%2 %3.")
      .arg(QString::fromStdString(entry.file.filename().string()), version, reason);
}

/// None of the file's code runs. False with a refusal where the metadata does not fit.
bool readMetadata(OverlayEntry& entry, const QPluginLoader& loader) {
  const OverlayMetadata read = readOverlayMetadata(loader.metaData());
  entry.identifier = read.identifier;
  entry.name = read.name;
  entry.version = read.version;
  entry.order = read.order;
  entry.onAtStart = read.onAtStart;
  entry.role = read.role;
  entry.needs = read.needs;
  if (!read.refusal.isEmpty()) entry.refusal = sentence(entry, read.refusal);
  return entry.refusal.isEmpty();
}

/// Why the plugin cannot be used; empty where it can.
QString readControls(OverlayEntry& entry, const OverlayPlugin& plugin) {
  try {
    entry.controls = plugin.controls();
    return refusalOf(entry.controls);
  } catch (const std::exception& exception) {
    return QStringLiteral("failed when it was asked for its controls: %1")
        .arg(QString::fromStdString(reasonOf(exception)));
  } catch (...) {
    return QStringLiteral("failed when it was asked for its controls");
  }
}

void loadCode(OverlayEntry& entry, QPluginLoader& loader) {
  loader.setLoadHints(QLibrary::ResolveAllSymbolsHint | QLibrary::PreventUnloadHint);
  QObject* root = loader.instance();
  const auto* plugin = qobject_cast<OverlayPlugin*>(root);
  QString reason;
  if (!root)
    reason = QStringLiteral("could not be loaded: ") + loader.errorString();
  else if (!plugin)
    reason = QStringLiteral("holds no overlay although its metadata says so");
  else
    reason = readControls(entry, *plugin);
  if (reason.isEmpty())
    entry.plugin = plugin;
  else
    entry.refusal = sentence(entry, reason);
}

/// By whole paths: QPluginLoader looks for others among its own folders.
std::vector<std::filesystem::path> libraries(const std::vector<std::filesystem::path>& folders) {
  std::vector<std::filesystem::path> files;
  std::set<std::filesystem::path> seen;
  for (const std::filesystem::path& folder : folders) {
    std::error_code ignored;
    if (!seen.insert(std::filesystem::weakly_canonical(folder, ignored)).second) continue;
    const auto before = std::ptrdiff_t(files.size());
    for (const auto& item :
         std::filesystem::directory_iterator(std::filesystem::absolute(folder, ignored), ignored))
      if (QLibrary::isLibrary(QString::fromStdString(item.path().string()))) files.push_back(item.path());
    std::sort(files.begin() + before, files.end());
  }
  return files;
}

}  // namespace

std::vector<OverlayEntry> loadOverlays(const std::vector<std::filesystem::path>& folders) {
  std::vector<OverlayEntry> entries;
  std::set<QString> loaded;
  for (const std::filesystem::path& file : libraries(folders)) {
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
  const QDir program(QCoreApplication::applicationDirPath());
  const QString inside = QStringLiteral("geneglass/overlays");
  for (const QString& library :
       {QStringLiteral("../lib/"), QStringLiteral("../" GENEGLASS_LIBRARY_FOLDER "/")})
    if (program.exists(library + inside)) return program.absoluteFilePath(library + inside).toStdString();
  return program.absoluteFilePath(QStringLiteral("../lib/") + inside).toStdString();
}

std::vector<std::filesystem::path> overlayFolders(const std::vector<std::filesystem::path>& named) {
  std::vector<std::filesystem::path> folders = named;
  folders.push_back(overlayFolder());
  const QString own = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
  if (!own.isEmpty()) folders.push_back((own + QStringLiteral("/geneglass/overlays")).toStdString());
  return folders;
}

namespace {

/// What a plugin's code gives; what it throws becomes a sentence that names the overlay.
template <typename Call>
std::invoke_result_t<Call> guardedCall(const OverlayEntry& entry, Call call) {
  if (!entry.plugin) return fail(entry.refusal.toStdString());
  const std::string name = entry.name.toStdString();
  try {
    return call();
  } catch (const std::exception& exception) {
    return fail(fmt::format("The overlay '{}' failed: {}.", name, reasonOf(exception)));
  } catch (...) {
    return fail(fmt::format("The overlay '{}' failed for an unknown reason.", name));
  }
}

/// What the overlay is shown of a scene: what it needs, and its settings as its controls are.
OverlayScene fittingParts(const OverlayEntry& entry, const OverlayScene& scene) {
  OverlayScene parts = partsOf(scene, entry.needs);
  parts.settings = fittingValues(entry.controls, scene.settings);
  return parts;
}

Result<void> mayMakeOf(const OverlayEntry& entry, const OverlayScene& parts) {
  return guardedCall(entry, [&] { return entry.plugin->mayMake(parts); });
}

}  // namespace

Result<void> mayMakeOverlay(const OverlayEntry& entry, const OverlayScene& scene) {
  return mayMakeOf(entry, fittingParts(entry, scene));
}

Result<std::shared_ptr<const Overlay>> makeOverlay(const OverlayEntry& entry, const OverlayScene& scene) {
  const OverlayScene parts = fittingParts(entry, scene);
  if (const Result<void> may = mayMakeOf(entry, parts); !may) return tl::unexpected(may.error());
  auto made = guardedCall(entry, [&] {
    const std::scoped_lock lock(*entry.making);
    return entry.plugin->make(parts);
  });
  if (!made) return tl::unexpected(made.error());
  if (!*made)
    return fail(
        fmt::format("The overlay '{}' gave neither a drawing nor a reason.", entry.name.toStdString()));
  return std::make_shared<GuardedOverlay>(entry.name, std::move(*made));
}

}  // namespace geneglass
