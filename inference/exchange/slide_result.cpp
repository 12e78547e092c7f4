// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/exchange/slide_result.h"

#include <fmt/format.h>

#include "viewer/foundation/files/hdf5_access.h"
#include "viewer/foundation/files/json_text.h"
#include "viewer/foundation/sha256.h"

namespace geneglass {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

double numberOrNone(const json& value) {
  return value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
}

void takeGenes(const json& all, SlideResult& result, std::vector<ModelGene>& genes) {
  std::string symbols;
  genes.clear();
  for (const json& gene : all) {
    genes.push_back({gene.at("symbol"), gene.at("training_mean"), numberOrNone(gene.at("heldout_r")),
                     numberOrNone(gene.at("ci_low")), numberOrNone(gene.at("ci_high")),
                     gene.at("well_predicted")});
    symbols += genes.back().symbol + '\n';
    result.values.push_back(numberOrNone(gene.at("value")));
    result.percentiles.push_back(float(numberOrNone(gene.at("percentile"))));
    result.spreads.push_back(float(numberOrNone(gene.at("spread"))));
  }
  result.symbols = sha256(symbols);
}

void takeCalls(const json& all, SlideResult& result) {
  for (const json& call : all) {
    const std::string target = call.at("target");
    if (call.contains("shares"))
      for (const json& each : call["shares"])
        result.calls.emplace_back(target + ": " + each.at("class").get<std::string>(), each.at("share"));
    else
      for (size_t each = 0; each < call.at("classes").size(); ++each)
        result.calls.emplace_back(target + ": " + call["classes"][each].get<std::string>(),
                                  call.at("probabilities").at(each));
  }
}

/// Throws json::exception.
SlideResult resultOf(json facts, std::vector<ModelGene>& genes) {
  SlideResult result;
  const json &slide = facts.at("slide"), &model = facts.at("model");
  result.slideFile = slide.at("file");
  result.slideHash = slide.at("hash");
  result.width = slide.at("width");
  result.height = slide.at("height");
  result.mpp = slide.at("mpp");
  result.modelName = model.at("name");
  result.modelVersion = model.at("version");
  result.modelHash = model.at("hash");
  result.labelUnit = model.at("label_unit");
  result.precision = facts.at("precision");
  result.tiles = facts.at("grid").at("tiles");
  result.damagedTiles = facts.at("damaged_tiles");
  if (const json& domain = facts.at("domain"); !domain.is_null()) {
    result.shareOutside = domain.at("share_outside");
    result.outside = domain.at("outside");
    result.withheld = domain.at("withheld");
  }
  takeGenes(facts.at("genes"), result, genes);
  takeCalls(facts.at("calls"), result);
  facts.erase("seconds");
  facts["slide"].erase("file");
  result.content = sha256(facts.dump(-1, ' ', false, json::error_handler_t::replace));
  return result;
}

/// Of a reason that follows "it ".
tl::unexpected<Error> unusableResult(const fs::path& file, const std::string& reason) {
  return fail(fmt::format("Cannot use the result '{}': {}.", file.string(), reason));
}

Result<void> checkMaps(const fs::path& maps, const SlideResult& result) {
  std::error_code error;
  if (!fs::exists(maps, error))
    return unusableResult(result.file, fmt::format("its maps '{}' are not there", maps.filename().string()));
  return readHdf5(maps, [&](H5::H5File& file) -> Result<void> {
    if (textAttribute(file, "slide_hash", "") != result.slideHash ||
        textAttribute(file, "model_hash", "") != result.modelHash)
      return unusableResult(
          result.file, fmt::format("its maps '{}' are of another slide or model", maps.filename().string()));
    return {};
  });
}

}  // namespace

Result<SlideResult> readSlideResult(const fs::path& file, std::vector<ModelGene>& genes) {
  Result<json> facts = readJsonFile(file);
  if (!facts) return unusableResult(file, facts.error().sentence);
  SlideResult result;
  try {
    result = resultOf(std::move(*facts), genes);
  } catch (const json::exception&) {
    return unusableResult(file, "it does not hold what a prediction has");
  }
  result.file = file;
  const std::string name = file.filename().string();
  result.name = name.substr(0, name.size() - std::string(kResultEnding).size());
  const Result<void> maps = checkMaps(file.parent_path() / (result.name + ".maps.h5"), result);
  if (!maps) return tl::unexpected(maps.error());
  return result;
}

}  // namespace geneglass
