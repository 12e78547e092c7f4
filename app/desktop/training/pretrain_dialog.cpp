// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training/pretrain_dialog.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QSpinBox>
#include <limits>

#include "app/desktop/training/hinted_form.h"
#include "app/desktop/training/path_field.h"
#include "app/desktop/training/pretrain_plan.h"
#include "app/desktop/training/source_list.h"
#include "inference/learning/pretraining/encoder_networks.h"
#include "inference/learning/pretraining/pretrain_recipes.h"

namespace geneglass {

PretrainDialog::PretrainDialog(QWidget* parent)
    : StartDialog(tr("Pretrain an encoder"), QStringLiteral("pretraining"), parent),
      m_sources(new SourceList),
      m_recipe(new QComboBox),
      m_encoder(new QComboBox),
      m_epochs(new QSpinBox),
      m_mpp(new QDoubleSpinBox),
      m_seed(new QSpinBox) {
  addFields();
  connect(m_sources, &SourceList::changed, this, &PretrainDialog::proposeOut);
  connect(m_recipe, &QComboBox::currentIndexChanged, this, &PretrainDialog::showFields);
  connect(m_start, &PathField::changed, this, &PretrainDialog::showFields);
  keep("recipe", m_recipe);
  keep("sources", m_sources);
  showFields();
  start(
      tr("Pretrain"), [this] { return question(); }, [this] { return jobOf(request()); });
}

PretrainDialog::~PretrainDialog() = default;

void PretrainDialog::addFields() {
  for (const PretrainRecipe& recipe : pretrainRecipes())
    offer(*m_recipe, recipe.name, tr(recipe.words.c_str()));
  m_encoder->addItem(tr("the recipe's"), QString());
  for (const EncoderNetwork& network : encoderNetworks())
    offer(*m_encoder, network.name, tr(network.words.c_str()));
  m_start = new PathField(PathField::Kind::Folder, tr("Start from"), tr("random weights"));
  m_out = new PathField(PathField::Kind::NewFolder, tr("New encoder"), tr("a folder that is not there yet"));
  m_epochs->setRange(0, 100'000);
  m_epochs->setSpecialValueText(tr("the recipe's"));
  m_mpp->setRange(0, 100);
  m_mpp->setDecimals(3);
  m_mpp->setSingleStep(0.05);
  m_mpp->setSpecialValueText(tr("as the slides say"));
  m_seed->setRange(0, std::numeric_limits<int>::max());
  m_seed->setValue(1);
  const auto contrast = [this] { return byContrast(); };
  form().addRow(tr("&Learn from"), m_sources, {});
  form().addRow(tr("&Recipe"), m_recipe,
                tr("contrast and histcode2022 learn without labels to know a tile again among others; "
                   "composition learns the tissues that 'geneglass-cli synth' planted."));
  form().addRow(tr("&Encoder"), m_encoder, tr("The network that turns a tile into features."),
                [this] { return byContrast() && m_start->text().isEmpty(); });
  form().addRow(tr("S&tart from"), m_start,
                tr("A model's folder (with manifest.json) whose encoder is trained further and keeps its "
                   "shape."),
                contrast);
  form().addRow(tr("E&pochs"), m_epochs, tr("How many times each tile is seen."));
  form().addRow(tr("&µm per pixel"), m_mpp, tr("Of slides that do not say how large their pixels are."),
                contrast);
  form().addRow(tr("See&d"), m_seed, tr("Of weights, views and order: the same seed, the same encoder."));
  form().addRow(tr("&New encoder"), m_out,
                tr("The folder that the encoder is written to. Models > Train a Model takes it from there."));
}

bool PretrainDialog::byContrast() const {
  const auto recipe = pretrainRecipeNamed(m_recipe->currentData().toString().toStdString());
  return recipe && recipe->byContrast;
}

/// Only what the recipe needs.
void PretrainDialog::showFields() {
  form().setHint(m_sources, byContrast()
                                ? tr("Slides, folders of slides, and folders of PNG or JPEG tiles where "
                                     "there is no slide. They need no labels.")
                                : tr("Folders that 'geneglass-cli synth' made: each slide with its "
                                     "NAME.truth.h5."));
  form().showNeeded();
  adjustSize();
}

void PretrainDialog::addSources(const QStringList& paths) {
  m_sources->add(paths);
}

void PretrainDialog::chooseOut(const QString& folder) {
  m_out->setText(folder);
}

/// A name beside the first source.
void PretrainDialog::proposeOut() {
  const QStringList paths = m_sources->paths();
  m_out->propose(paths.isEmpty() ? QString() : QFileInfo(paths.first()).path() + QStringLiteral("/encoder"));
}

PretrainRequest PretrainDialog::request() const {
  PretrainRequest asked;
  asked.recipe = m_recipe->currentData().toString().toStdString();
  for (const QString& path : m_sources->paths()) asked.sources.push_back(wholePath(path));
  asked.out = wholePath(m_out->text());
  if (byContrast()) {
    asked.start = wholePath(m_start->text());
    if (asked.start.empty()) asked.encoder = m_encoder->currentData().toString().toStdString();
    if (m_mpp->value() > 0) asked.mpp = m_mpp->value();
  }
  asked.epochs = m_epochs->value();
  asked.seed = uint64_t(m_seed->value());
  asked.threads = trainingThreads();
  return asked;
}

StartCheck::Question PretrainDialog::question() const {
  if (m_sources->paths().isEmpty()) return {tr("Add slides, or a folder of them, to learn from."), {}};
  return {{}, [asked = request()](const std::stop_token& stop) { return describePretraining(asked, stop); }};
}

}  // namespace geneglass
