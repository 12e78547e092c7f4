// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <filesystem>
#include <memory>

#include "app/desktop/report/patient_facts.h"
#include "app/desktop/report/report_origin.h"
#include "app/desktop/report/report_template.h"
#include "app/desktop/session/slide_picture.h"
#include "inference/package/model_package.h"
#include "inference/regions/region_comparison.h"
#include "overlays/overlay_registry.h"

namespace geneglass {

/// A picture that was taken of the slide, with its legend and scale bar.
struct ReportPicture {
  QByteArray image;  ///< a PNG or JPEG file
  Viewport place;    ///< what it shows; its screen pixels are the picture's
  QString caption;   ///< the user's; may be empty
  std::string gene;  ///< symbol; empty for none
  std::string modelHash;
  QStringList remarks;  ///< sentences on overlays, and on what is provisional
};

/// What goes into a report.
struct ReportRequest {
  std::filesystem::path file;  ///< replaced if it exists; HTML by its ending, else PDF
  OpenedSlide opened;
  std::shared_ptr<const Prediction> prediction;  ///< null: the report is of what was seen, drawn, measured
  int gene = -1;                       ///< whose map is shown, index into prediction->genes; -1: topGene
  std::vector<OverlayEntry> overlays;  ///< the one of the role Expression draws the map
  DrawView draw = renderView;
  DisplayColour colour;                                   ///< as the window shows the slide
  std::shared_ptr<const ModelPackage> package = nullptr;  ///< the prediction's; null: no model card
  AnnotationSetPtr annotations = nullptr;                 ///< null: none
  std::vector<ReportPicture> pictures = {};
  std::vector<RegionComparison> regions = {};  ///< those of another slide are passed over
  ReportTemplate layout = usualTemplate();
  CaseWords words = {};
  ReportOrigin origin = {};
  PatientFacts patient = {};
  bool showsPatient = false;  ///< else neither label nor what the file says of the patient
  bool anonymous = false;     ///< see anonymised(); never with showsPatient
  QDateTime made = {};        ///< not told where invalid
};

/// Whether `gene` was shown in one of its pictures, or is the one of its map.
bool isShown(const ReportRequest& request, const std::string& symbol);

}  // namespace geneglass
