// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/snapshots/snapshot_tray.h"

#include <QCoreApplication>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "viewer/foundation/files/json_text.h"

namespace geneglass {
namespace {

using nlohmann::json;

const char* const kTrayKey = "snapshots";
const std::string kPicturePrefix = "snapshot/";

json snapshotJson(const TraySnapshot& snapshot) {
  json overlays = json::array();
  for (const ShownOverlay& overlay : snapshot.overlays)
    overlays.push_back({{"name", overlay.name}, {"opacity", overlay.opacity}});
  return {{"id", snapshot.id},
          {"taken", snapshot.taken},
          {"caption", snapshot.caption},
          {"view", json::parse(textOf(snapshot.view))},
          {"size", {snapshot.size.width, snapshot.size.height}},
          {"gene", snapshot.gene},
          {"slide", snapshot.slide},
          {"model", snapshot.model},
          {"overlays", std::move(overlays)},
          {"notes", snapshot.notes}};
}

/// Empty where the member is no text.
std::string trayWord(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Null where there is no such member.
const json& trayMember(const json& object, const char* key) {
  static const json none;
  const auto found = object.find(key);
  return found == object.end() ? none : *found;
}

std::optional<Size> traySize(const json& list) {
  if (!list.is_array() || list.size() != 2 || !list[0].is_number_integer() || !list[1].is_number_integer())
    return {};
  const Size size{list[0].get<int64_t>(), list[1].get<int64_t>()};
  return size.width > 0 && size.height > 0 ? std::optional(size) : std::nullopt;
}

std::optional<TraySnapshot> snapshotIn(const json& one) {
  if (!one.is_object()) return {};
  const auto view = viewOf(trayMember(one, "view").dump(-1, ' ', false, json::error_handler_t::replace));
  const auto size = traySize(trayMember(one, "size"));
  TraySnapshot snapshot{.id = trayWord(one, "id"),
                        .taken = trayWord(one, "taken"),
                        .caption = trayWord(one, "caption"),
                        .gene = trayWord(one, "gene"),
                        .slide = trayWord(one, "slide"),
                        .model = trayWord(one, "model")};
  if (snapshot.id.empty() || !view || !size) return {};
  snapshot.view = *view;
  snapshot.size = *size;
  for (const json& overlay : trayMember(one, "overlays"))
    if (overlay.is_object() && trayMember(overlay, "opacity").is_number())
      snapshot.overlays.push_back(
          {trayWord(overlay, "name"), std::clamp(overlay["opacity"].get<double>(), 0.0, 1.0)});
  for (const json& note : trayMember(one, "notes"))
    if (note.is_string()) snapshot.notes.push_back(note.get<std::string>());
  return snapshot;
}

/// Of every list that is shown, can be brought back, or can be done again.
std::set<std::string> idsThatCanCome(const CaseContent& content) {
  std::set<std::string> ids;
  const auto take = [&](const std::string& text) {
    for (const TraySnapshot& snapshot : traySnapshotsOf(text)) ids.insert(snapshot.id);
  };
  if (const auto list = content.entries.find(kTrayKey); list != content.entries.end()) take(list->second);
  for (const CaseStep& step : content.steps)
    if (step.entry && step.entry->key == kTrayKey) {
      take(step.entry->before.value_or(""));
      take(step.entry->after.value_or(""));
    }
  return ids;
}

void dropLostPictures(Case& document) {
  const std::set<std::string> ids = idsThatCanCome(document.content());
  std::vector<std::string> lost;
  for (const auto& [key, picture] : document.content().entries)
    if (key.starts_with(kPicturePrefix) && !ids.contains(key.substr(kPicturePrefix.size())))
      lost.push_back(key);
  for (const std::string& key : lost) document.setEntry(key, {});
}

}  // namespace

std::string textOf(const std::vector<TraySnapshot>& snapshots) {
  json list = json::array();
  for (const TraySnapshot& snapshot : snapshots) list.push_back(snapshotJson(snapshot));
  return list.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::vector<TraySnapshot> traySnapshotsOf(std::string_view text) {
  std::vector<TraySnapshot> snapshots;
  const json list = jsonOrNull(text);
  if (!list.is_array()) return snapshots;
  for (const json& one : list)
    if (auto snapshot = snapshotIn(one);
        snapshot && std::ranges::find(snapshots, snapshot->id, &TraySnapshot::id) == snapshots.end())
      snapshots.push_back(std::move(*snapshot));
  return snapshots;
}

std::vector<TraySnapshot> traySnapshots(const Case& document) {
  return traySnapshotsOf(document.entry(kTrayKey));
}

QByteArray trayPicture(const Case& document, const std::string& id) {
  return QByteArray::fromBase64(QByteArray::fromStdString(document.entry(kPicturePrefix + id)));
}

void addToTray(Case& document, const TraySnapshot& snapshot, const QByteArray& picture) {
  document.setEntry(kPicturePrefix + snapshot.id, picture.toBase64().toStdString());
  std::vector<TraySnapshot> snapshots = traySnapshots(document);
  snapshots.push_back(snapshot);
  setTray(document, snapshots, QCoreApplication::translate("SnapshotTray", "Take Snapshot"));
}

void setTray(Case& document, const std::vector<TraySnapshot>& snapshots, const QString& what) {
  document.changeEntry(kTrayKey, snapshots.empty() ? std::string() : textOf(snapshots), what);
  dropLostPictures(document);
}

CaseView viewOn(Size canvas, const TraySnapshot& snapshot) {
  CaseView view = snapshot.view;
  view.downsample *= std::max(double(snapshot.size.width) / double(std::max<int64_t>(1, canvas.width)),
                              double(snapshot.size.height) / double(std::max<int64_t>(1, canvas.height)));
  return view;
}

}  // namespace geneglass
