// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/tray_pictures.h"

#include <QObject>

#include "app/desktop/report/report_words.h"
#include "app/desktop/snapshots/snapshot_tray.h"

namespace geneglass {
namespace {

QStringList remarksOn(const TraySnapshot& snapshot) {
  QStringList overlays;
  for (const ShownOverlay& each : snapshot.overlays)
    overlays << QObject::tr("%1 (%2 % opaque)").arg(words(each.name), decimals(100 * each.opacity, 0));
  QStringList remarks;
  if (!overlays.isEmpty()) remarks << QObject::tr("Overlays: %1.").arg(overlays.join(QStringLiteral(", ")));
  for (const std::string& note : snapshot.notes) remarks << words(note);
  return remarks;
}

}  // namespace

std::vector<ReportPicture> trayPictures(const Case& document) {
  std::vector<ReportPicture> pictures;
  for (const TraySnapshot& each : traySnapshots(document))
    pictures.push_back({trayPicture(document, each.id),
                        {each.view.centre, each.view.downsample, each.view.rotation, double(each.size.width),
                         double(each.size.height), each.view.isMirrored},
                        words(each.caption),
                        each.gene,
                        each.model,
                        remarksOn(each)});
  return pictures;
}

}  // namespace geneglass
