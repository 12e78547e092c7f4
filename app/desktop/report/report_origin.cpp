// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/report_origin.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "viewer/foundation/files/json_text.h"

namespace geneglass {
namespace {

using nlohmann::json;

constexpr const char* kOriginVersionKey = "geneglassReport";
constexpr int kOriginVersion = 1;

json jsonOf(const PictureChoice& picture) {
  return {{"brightness", picture.brightness},
          {"contrast", picture.contrast},
          {"gamma", picture.gamma},
          {"stain", int(picture.stain)},
          {"estimatedStains", picture.estimatedStains},
          {"profile", picture.useProfile}};
}

PictureChoice pictureIn(const json& read) {
  PictureChoice picture;
  read.at("brightness").get_to(picture.brightness);
  read.at("contrast").get_to(picture.contrast);
  read.at("gamma").get_to(picture.gamma);
  picture.stain = StainView(std::clamp(read.at("stain").get<int>(), 0, int(StainView::Eosin)));
  read.at("estimatedStains").get_to(picture.estimatedStains);
  read.at("profile").get_to(picture.useProfile);
  return picture;
}

ReportOrigin originIn(const json& read) {
  ReportOrigin origin;
  const json& slide = read.at("slide");
  origin.slideFile = slide.value("file", std::string());
  slide.at("hash").get_to(origin.slideHash);
  origin.slideSize = {slide.at("size").at(0).get<int64_t>(), slide.at("size").at(1).get<int64_t>()};
  if (const double mpp = slide.value("userMpp", 0.0); mpp > 0) origin.userMpp = mpp;
  origin.caseFile = read.value("case", std::string());
  const std::optional<CaseView> view = viewOf(read.at("view").dump());
  if (!view) throw std::out_of_range("view");
  origin.view = *view;
  origin.gene = read.value("gene", std::string());
  origin.modelName = read.at("model").at("name").get<std::string>();
  origin.modelHash = read.at("model").at("hash").get<std::string>();
  auto overlays = overlaySettingsOf(read.at("overlays").dump());
  if (!overlays) throw std::out_of_range("overlays");
  origin.overlays = std::move(*overlays);
  origin.picture = pictureIn(read.at("picture"));
  return origin;
}

}  // namespace

std::string textOf(const ReportOrigin& origin) {
  json slide{{"hash", origin.slideHash}, {"size", {origin.slideSize.width, origin.slideSize.height}}};
  if (!origin.slideFile.empty()) slide["file"] = origin.slideFile.string();
  if (origin.userMpp) slide["userMpp"] = *origin.userMpp;
  json made{{kOriginVersionKey, kOriginVersion},
            {"slide", slide},
            {"view", json::parse(textOf(origin.view))},
            {"model", {{"name", origin.modelName}, {"hash", origin.modelHash}}},
            {"overlays", json::parse(textOf(origin.overlays))},
            {"picture", jsonOf(origin.picture)}};
  if (!origin.caseFile.empty()) made["case"] = origin.caseFile.string();
  if (!origin.gene.empty()) made["gene"] = origin.gene;
  return made.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<ReportOrigin> originOf(std::string_view text) {
  const json read = jsonOrNull(text);
  try {
    if (!read.is_object() || read.at(kOriginVersionKey).get<int>() != kOriginVersion) return {};
    return originIn(read);
  } catch (const std::exception&) {  // of the library, where a value is missing or of another kind
    return {};
  }
}

}  // namespace geneglass
