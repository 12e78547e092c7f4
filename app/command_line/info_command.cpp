// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "app/command_line/command.h"
#include "viewer/slide/open_slide.h"
#include "viewer/slide/pixel_size.h"

namespace geneglass {
namespace {

using Json = nlohmann::ordered_json;

struct InfoOptions {
  std::string file;
  std::optional<double> mpp;
  bool json = false;
};

template <typename T>
Json orNull(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json levelsOf(const Slide& slide) {
  Json levels = Json::array();
  for (const Level& level : slide.levels)
    if (!level.reduced)
      levels.push_back({{"width", level.size.width},
                        {"height", level.size.height},
                        {"downsample", level.downsample},
                        {"tile_width", level.tile.width},
                        {"tile_height", level.tile.height}});
  return levels;
}

Json associatedImagesOf(const Slide& slide) {
  Json images = Json::array();
  for (const AssociatedImage& image : slide.associatedImages)
    images.push_back({{"name", image.name},
                      {"width", image.size.width},
                      {"height", image.size.height},
                      {"may_identify_patient", image.mayIdentifyPatient}});
  return images;
}

Json channelsOf(const Slide& slide) {
  Json channels = Json::array();
  for (const Channel& channel : slide.channels)
    channels.push_back({{"name", channel.name},
                        {"colour", fmt::format("#{:06x}", channel.colour)},
                        {"low", channel.low},
                        {"high", channel.high},
                        {"least", channel.least},
                        {"most", channel.most},
                        {"unit", channel.unit},
                        {"exposure_ms", channel.exposureMs > 0 ? Json(channel.exposureMs) : Json(nullptr)},
                        {"shown", channel.shown}});
  return channels;
}

std::string jsonOf(const Slide& slide) {
  const Rect& bounds = slide.bounds;
  const Json facts = {
      {"file", slide.file.string()},
      {"driver", slide.driver},
      {"vendor", slide.vendor.empty() ? Json(nullptr) : Json(slide.vendor)},
      {"width", slide.size().width},
      {"height", slide.size().height},
      {"levels", levelsOf(slide)},
      {"mpp_x", slide.mpp ? Json(slide.mpp->x) : Json(nullptr)},
      {"mpp_y", slide.mpp ? Json(slide.mpp->y) : Json(nullptr)},
      {"mpp_origin", slide.mpp ? Json(toString(slide.mppOrigin)) : Json(nullptr)},
      {"objective_power", orNull(slide.objectivePower)},
      {"colour_profile", slide.colourProfile.empty() ? Json(nullptr) : Json(slide.colourProfileName)},
      {"colour_profile_refusal",
       slide.colourProfileRefusal.empty() ? Json(nullptr) : Json(slide.colourProfileRefusal)},
      {"damage", slide.damage.empty() ? Json(nullptr) : Json(slide.damage)},
      {"note", slide.note.empty() ? Json(nullptr) : Json(slide.note)},
      {"channels", channelsOf(slide)},
      {"hash", slide.hash},
      {"associated_images", associatedImagesOf(slide)},
      {"bounds", {{"x", bounds.x}, {"y", bounds.y}, {"width", bounds.width}, {"height", bounds.height}}}};
  return facts.dump(2, ' ', false, Json::error_handler_t::replace);
}

const char* inWords(MppOrigin origin) {
  switch (origin) {
    case MppOrigin::Vendor:
      return "from the scanner";
    case MppOrigin::TiffResolution:
      return "from the file's resolution tags";
    case MppOrigin::User:
      return "as you gave it";
    case MppOrigin::Unknown:
      break;
  }
  return "";
}

std::string pixelSizeOf(const Slide& slide) {
  if (!slide.mpp) return "unknown (give it with --mpp)";
  return fmt::format("{:.6g} x {:.6g} um, {}", slide.mpp->x, slide.mpp->y, inWords(slide.mppOrigin));
}

std::string colourProfileOf(const Slide& slide) {
  if (!slide.colourProfile.empty()) return slide.colourProfileName;
  return slide.colourProfileRefusal.empty() ? "none" : "none: " + slide.colourProfileRefusal;
}

std::string line(const std::string& name, const std::string& value) {
  return fmt::format("{:<15}{}\n", name, value);
}

std::string levelTable(const Slide& slide) {
  std::string table = "\nlevel       width      height    downsample        tile\n";
  for (size_t i = 0; const Level& level : slide.levels)
    if (!level.reduced)
      table += fmt::format("{:>5}{:>12}{:>12}{:>14.6g}{:>12}\n", i++, level.size.width, level.size.height,
                           level.downsample, fmt::format("{} x {}", level.tile.width, level.tile.height));
  return table;
}

std::string associatedImageTable(const Slide& slide) {
  if (slide.associatedImages.empty()) return "";
  std::string table = "\nstored beside       width      height\n";
  for (const AssociatedImage& image : slide.associatedImages)
    table += fmt::format("{:<13}{:>12}{:>12}{}\n", image.name, image.size.width, image.size.height,
                         image.mayIdentifyPatient ? "  may identify the patient" : "");
  return table;
}

std::string channelTable(const Slide& slide) {
  if (slide.channels.empty()) return "";
  std::string table = "\nchannel                   colour        shown from          to   values\n";
  for (const Channel& channel : slide.channels)
    table += fmt::format("{:<25} #{:06x}{:>18.6g}{:>12.6g}   {}{}\n", channel.name, channel.colour,
                         channel.low, channel.high, channel.unit, channel.shown ? "" : ", off");
  return table;
}

std::string textOf(const Slide& slide) {
  const Rect& bounds = slide.bounds;
  std::string text = line("file", slide.file.string());
  text += line("driver", slide.driver);
  text += line("vendor", slide.vendor.empty() ? "unknown" : slide.vendor);
  text += line("size", fmt::format("{} x {} pixels", slide.size().width, slide.size().height));
  if (slide.mpp)
    text += line(
        "", fmt::format("{:.3f} x {:.3f} mm", static_cast<double>(slide.size().width) * slide.mpp->x / 1000,
                        static_cast<double>(slide.size().height) * slide.mpp->y / 1000));
  text += line("pixel size", pixelSizeOf(slide));
  text += line("objective", slide.objectivePower ? fmt::format("{:g}x", *slide.objectivePower) : "unknown");
  text += line("bounds",
               fmt::format("{:g} x {:g} at ({:g}, {:g})", bounds.width, bounds.height, bounds.x, bounds.y));
  text += line("colour profile", colourProfileOf(slide));
  if (!slide.damage.empty()) text += line("damage", slide.damage);
  if (!slide.note.empty()) text += line("shown as", slide.note);
  text += line("hash", slide.hash);
  return text + levelTable(slide) + channelTable(slide) + associatedImageTable(slide);
}

Outcome printInfo(const InfoOptions& options) {
  const Result<OpenedSlide> opened = openSlide(options.file, options.mpp);
  if (!opened) return tl::unexpected(opened.error());
  fmt::print("{}", options.json ? jsonOf(*opened->slide) + "\n" : textOf(*opened->slide));
  return {};
}

}  // namespace

void addInfoCommand(CLI::App& program, Run& run) {
  auto options = std::make_shared<InfoOptions>();
  CLI::App* command = program.add_subcommand("info", "Prints what a slide's file says about itself");
  command->add_option("SLIDE", options->file, "The slide")->required();
  command->add_option("--mpp", options->mpp, "Micrometres per pixel, instead of what the file says")
      ->check(CLI::Range(kLeastMpp, kMostMpp));
  command->add_flag("--json", options->json, "One JSON object instead of text");
  command->callback([options, &run] { run = [options](std::stop_token) { return printInfo(*options); }; });
}

}  // namespace geneglass
